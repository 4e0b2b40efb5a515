// SPDX-License-Identifier: Apache-2.0
import Time
import Warehouse
import Workflow

/// The one place where an error of the warehouse becomes an error of a step.
extension StepError {
    /// - Parameter isFresh: the call was about something that this job made a moment ago: a service that does not see it
    ///   yet, or does not yet see our right to it, will.
    init(_ error: WarehouseError, isFresh: Bool = false, output: String? = nil) {
        let mayLagBehind = isFresh && (error.code == .notFound || error.code == .accessDenied)
        let retry: Retry = switch error.retry {
        case .never: mayLagBehind ? .withBackoff : .never
        case .withBackoff: .withBackoff
        case .after(let pause): .after(pause)
        }
        // A call that came too late to be sent says nothing about the service.
        let isOutage = error.code == .unavailable || error.code == .deadlineExceeded && error.outcome == .unknown
        self.init(code: error.code.rawValue, message: error.message, retry: retry, isOutage: isOutage, output: output)
    }
}

extension OnboardingEnvironment {
    /// How long what a job made may stay unseen by the service that made it.
    private static let settlingTime = Duration.seconds(60)

    /// Asks the warehouse.
    /// - Parameter madeAt: when this job made what the call is about.
    func ask<T: Sendable>(
        about madeAt: WallTime? = nil, _ call: (any Warehouse) async throws(WarehouseError) -> T
    ) async throws(StepError) -> T {
        do {
            return try await call(warehouse)
        } catch {
            throw StepError(error, isFresh: madeAt.map { time.wall() - $0 < Self.settlingTime } ?? false)
        }
    }
}
