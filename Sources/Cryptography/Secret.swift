// SPDX-License-Identifier: Apache-2.0

/// A value that must not slip into a log, an error or an answer: an API key, a token, an e-mail address. Interpolated,
/// printed, dumped or mirrored it is `<redacted>`; only `reveal()` gives it out, so a reader can search for who does.
/// It is not `Encodable`, on purpose.
public struct Secret<Value: Sendable>: Sendable {
    private let value: Value

    public init(_ value: Value) {
        self.value = value
    }

    public func reveal() -> Value { value }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "<redacted>" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
