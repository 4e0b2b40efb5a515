// SPDX-License-Identifier: Apache-2.0
import CSQLite

extension Connection {
    /// Runs `body`; a statement still running when `limit` is over fails as interrupted, and so does any begun later. A change
    /// that is interrupted rolls its whole transaction back.
    ///
    /// The clock is looked at every thousand instructions of SQLite's virtual machine. One instruction can be long (a function
    /// on a huge value), so limit the length of values too where the SQL is a caller's. Waiting for a lock is not interrupted.
    public func withDeadline<T>(_ limit: Duration, _ body: () throws -> T) rethrows -> T {
        let deadline = ContinuousClock.now + limit
        return try interrupting(when: { ContinuousClock.now >= deadline }, body)
    }

    /// Runs `body`; a statement fails as interrupted as soon as `shouldStop`, asked every thousand instructions, says so. The
    /// innermost of nested calls decides.
    public func interrupting<T>(when shouldStop: @escaping () -> Bool, _ body: () throws -> T) rethrows -> T {
        let outer = hooks.shouldInterrupt
        setInterrupt(shouldStop)
        defer { setInterrupt(outer) }
        return try body()
    }

    private static let instructionsBetweenLooks: Int32 = 1000

    private func setInterrupt(_ shouldStop: (() -> Bool)?) {
        hooks.shouldInterrupt = shouldStop
        guard shouldStop != nil else {
            sqlite3_progress_handler(handle, 0, nil, nil)
            return
        }
        sqlite3_progress_handler(
            handle, Self.instructionsBetweenLooks,
            { context in
                guard let context else { return 0 }
                let hooks = Unmanaged<Hooks>.fromOpaque(context).takeUnretainedValue()
                return hooks.shouldInterrupt?() == true ? 1 : 0
            },
            hooks.address)
    }
}
