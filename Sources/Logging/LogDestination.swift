// SPDX-License-Identifier: Apache-2.0
import Glibc

/// The setting `log.format`.
public enum LogFormat: String, Sendable, CaseIterable {
    /// The journal's own socket where stderr is the journal, text on a terminal, else JSON.
    case auto
    case json, text
}

/// Where lines go, and in which form.
public enum LogDestination: Sendable, Equatable {
    case json(descriptor: Int32)
    case text(descriptor: Int32)
    /// An event that the journal does not take is written as JSON to `fallback`.
    case journal(socketPath: String, fallback: Int32)

    /// - Parameters:
    ///   - journalStream: the variable `JOURNAL_STREAM`, "device:inode" of the journal's stream (systemd.exec(5)). A
    ///     child that inherits the variable but not the stream is not taken in.
    ///   - descriptor: stderr, except in tests.
    public static func standardError(
        format: LogFormat, journalStream: String?, descriptor: Int32 = STDERR_FILENO
    ) -> LogDestination {
        switch format {
        case .json: .json(descriptor: descriptor)
        case .text: .text(descriptor: descriptor)
        case .auto where journalStream != nil && journalStream == identity(of: descriptor):
            .journal(socketPath: "/run/systemd/journal/socket", fallback: descriptor)
        case .auto: isatty(descriptor) == 1 ? .text(descriptor: descriptor) : .json(descriptor: descriptor)
        }
    }

    private static func identity(of descriptor: Int32) -> String? {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        return "\(status.st_dev):\(status.st_ino)"
    }
}
