// SPDX-License-Identifier: Apache-2.0

extension Writer {
    /// The writer's state after its last batch.
    public struct Health: Sendable, Equatable {
        public enum State: Sendable, Equatable {
            case open
            /// Nothing is acknowledged: see `WriterError.Code.suspect`.
            case suspect(SQLiteError)
            case closed
        }

        public internal(set) var state = State.open
        /// Pages in the write-ahead log.
        public internal(set) var walPages = 0
        /// Why the last checkpoint, begun because the log was long, failed; nil if it did not.
        public internal(set) var checkpointFailure: SQLiteError?
        /// Commits since the writer was opened that changed the file.
        public internal(set) var commits = 0
        /// Operations answered since the writer was opened, failed ones too.
        public internal(set) var operations = 0
    }
}
