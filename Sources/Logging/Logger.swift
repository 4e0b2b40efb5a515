// SPDX-License-Identifier: Apache-2.0

/// Logs events with the fields it carries. A value: hand it down, and add what is known there.
///
/// An event has a stable name for programs ("job.failed") and a message for people. Neither holds a secret, a token, an
/// API key, an e-mail address or a mail's text; what looks like one is redacted all the same.
public struct Logger: Sendable {
    private let output: LogOutput
    private let fields: [LogField]

    public init(_ output: LogOutput) {
        self.init(output, [])
    }

    private init(_ output: LogOutput, _ fields: [LogField]) {
        self.output = output
        self.fields = fields
    }

    /// The same logger, whose events carry these fields too.
    public func with(_ fields: LogField...) -> Logger {
        Logger(output, self.fields + fields)
    }

    /// - Parameter message: not evaluated below the level that is set.
    public func log(_ level: LogLevel, _ event: StaticString, _ message: @autoclosure () -> String, _ fields: LogField...) {
        log(level, event, message, fields)
    }

    public func debug(_ event: StaticString, _ message: @autoclosure () -> String, _ fields: LogField...) {
        log(.debug, event, message, fields)
    }

    public func info(_ event: StaticString, _ message: @autoclosure () -> String, _ fields: LogField...) {
        log(.info, event, message, fields)
    }

    public func notice(_ event: StaticString, _ message: @autoclosure () -> String, _ fields: LogField...) {
        log(.notice, event, message, fields)
    }

    public func warning(_ event: StaticString, _ message: @autoclosure () -> String, _ fields: LogField...) {
        log(.warning, event, message, fields)
    }

    public func error(_ event: StaticString, _ message: @autoclosure () -> String, _ fields: LogField...) {
        log(.error, event, message, fields)
    }

    private func log(_ level: LogLevel, _ event: StaticString, _ message: () -> String, _ fields: [LogField]) {
        guard output.takes(level) else { return }
        output.append(level, event, message(), self.fields + fields)
    }
}
