// SPDX-License-Identifier: Apache-2.0

/// One caller's work, its result type put away.
struct Operation: Sendable {
    /// Does the work and returns how to tell the caller of its success once that is durable.
    let run: @Sendable (Connection) throws -> @Sendable () -> Void
    let fail: @Sendable (any Error) -> Void

    init<T: Sendable>(
        _ body: @escaping @Sendable (Connection) throws -> T,
        completion: @escaping @Sendable (Result<T, any Error>) -> Void
    ) {
        run = { connection in
            let value = try body(connection)
            return { completion(.success(value)) }
        }
        fail = { completion(.failure($0)) }
    }
}
