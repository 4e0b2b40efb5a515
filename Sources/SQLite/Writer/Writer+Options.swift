// SPDX-License-Identifier: Apache-2.0

extension Writer {
    public struct Options: Sendable {
        /// Operations that share a commit, at most.
        public var maxBatch = 512
        /// How long operations are run before what has been done is committed.
        public var maxBatchTime: Duration = .milliseconds(5)
        /// The log is checkpointed as soon as it holds this many pages. Frequency is the only bound on one checkpoint's length.
        public var checkpointPages = 1000
        /// Bytes; a power of two from 512 to 65,536. Only a new file takes it.
        public var pageSize = 4096
        /// Pages of the file that this connection keeps in memory, in KiB.
        public var cacheKiB = 8192
        /// Bytes of the file to map into memory. 0: none; an I/O error is then an error code, never a signal.
        public var mmapBytes = 0
        /// Bytes to which a log that has grown beyond them is cut back.
        public var walSizeLimitBytes = 64 << 20
        public var busyTimeoutMilliseconds = 5000
        /// The VFS that does the file I/O; nil for SQLite's own. Tests name one that fails on demand.
        public var vfs: String?

        public init() {}
    }
}
