// SPDX-License-Identifier: Apache-2.0
import Warehouse

/// What the test makes of one call.
enum Fault: Sendable {
    /// Nothing is done, and it says so.
    case refusal(WarehouseError)
    /// It is done, and the answer is lost.
    case lostAnswer
    /// Nothing is done; no answer comes until the caller gives up, or the test releases it: then it is done.
    case hang
    /// It is done at once, but no answer comes until the caller gives up.
    case doneThenHang
    /// No answer; it is done when the test says so (`land`), long after the caller gave up.
    case landsLate

    static let outage = Fault.refusal(
        WarehouseError(.unavailable, "the service is down", retry: .withBackoff, outcome: .unknown))
    static let forGood = Fault.refusal(
        WarehouseError(.notSupported, "this warehouse can't do that", retry: .never))
    static let denied = Fault.refusal(
        WarehouseError(.accessDenied, "not allowed to: grant the account the right", retry: .never))
    static let refusedRow = Fault.refusal(
        WarehouseError(
            SchemaMismatch(
                table: "onboarding_validation_test", row: 1, column: "created_at",
                reason: .wrongType(expected: .timestamp, found: "STRING"))))
    static let throttled = Fault.refusal(
        WarehouseError(.quotaExceeded, "too many requests", retry: .after(.milliseconds(7))))

    static let lost = WarehouseError(.unavailable, "the connection broke", retry: .withBackoff, outcome: .unknown)
    static let dead = WarehouseError(.unavailable, "this process is dead", retry: .withBackoff, outcome: .unknown)
}
