// SPDX-License-Identifier: Apache-2.0

/// A command line that cannot be meant: programs print it to stderr and exit 2.
public struct UsageError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong and, on the next line, where help is.
    public let message: String

    public init(_ message: String) {
        self.message = message
    }

    public var description: String { message }
}
