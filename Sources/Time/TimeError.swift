// SPDX-License-Identifier: Apache-2.0
import Glibc

/// What this module can't get from the kernel.
public struct TimeError: Error, Equatable, Sendable, CustomStringConvertible {
    public enum Code: String, Sendable {
        /// /proc is not mounted, or not readable here.
        case bootIDUnreadable = "boot_id_unreadable"
        /// No descriptor is left for a timer.
        case timerUnavailable = "timer_unavailable"
    }

    public let code: Code
    public let message: String

    public var description: String { message }

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}

/// The kernel's words for `errno`, in any thread.
func kernelReason(_ code: Int32) -> String {
    var text = [CChar](repeating: 0, count: 128)
    guard strerror_r(code, &text, text.count) == 0 else { return "errno \(code)" }
    return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
}
