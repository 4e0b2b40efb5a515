// SPDX-License-Identifier: Apache-2.0

/// How much an event matters, least first. The words are those of `log.level`.
public enum LogLevel: String, Sendable, CaseIterable, Comparable {
    case debug, info, notice, warning, error

    public static func < (left: LogLevel, right: LogLevel) -> Bool {
        left.priority > right.priority
    }

    /// The number of syslog(3) and of the journal's PRIORITY field: 7 for debug, 3 for an error.
    var priority: Int {
        switch self {
        case .debug: 7
        case .info: 6
        case .notice: 5
        case .warning: 4
        case .error: 3
        }
    }

    /// Debug and info are given up first when more is logged than can be written.
    var isRoutine: Bool { self <= .info }
}
