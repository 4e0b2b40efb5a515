// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// Makes changes of names durable: whoever comes while a directory is being synced shares the next sync of it.
final class DirectorySync: Sendable {
    typealias Completion = @Sendable (FileError?) -> Void

    /// Those who wait for the next round, by directory. A directory stands here while a thread is syncing it.
    private let waiting = Mutex<[String: [Completion]]>([:])

    /// Calls `completion` once all changes made to the directory before this call are on disk, or with the reason why
    /// they may not be. The first to come syncs on its own thread, for the others too; these return at once.
    func sync(_ directory: String, then completion: @escaping Completion) {
        let isFirst = waiting.withLock { waiting in
            guard waiting[directory] == nil else {
                waiting[directory, default: []].append(completion)
                return false
            }
            waiting[directory] = []
            return true
        }
        if isFirst { syncAll(directory, first: completion) }
    }

    private func syncAll(_ directory: String, first: @escaping Completion) {
        var round = [first]
        while !round.isEmpty {
            let failure = failure(ofSyncing: directory)
            for completion in round { completion(failure) }
            round = waiting.withLock { waiting in
                let next = waiting[directory] ?? []
                waiting[directory] = next.isEmpty ? nil : []
                return next
            }
        }
    }

    private func failure(ofSyncing directory: String) -> FileError? {
        do throws(FileError) {
            try FileSystem.syncDirectory(directory)
            return nil
        } catch {
            return error
        }
    }
}
