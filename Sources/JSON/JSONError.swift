// SPDX-License-Identifier: Apache-2.0

/// Why a text was refused, and where. The message says what was found and what belongs there.
public struct JSONError: Error, Sendable, Equatable {
    public enum Code: Sendable, Equatable {
        /// Against the grammar of RFC 8259; also a byte order mark, and a text that ends too soon.
        case syntax
        /// A byte sequence that is not UTF-8: overlong, a surrogate, above U+10FFFF, or cut off.
        case notUTF8
        /// A byte below 0x20, NUL among them, that is not white space between values. In a string it must be escaped.
        case controlCharacter
        case duplicateKey(String)
        case tooDeep
        /// An integer that does not fit in 64 bits, or a number beyond what a double can hold.
        case numberOutOfRange
        /// A `\u` escape with half of a surrogate pair.
        case loneSurrogate
        /// Something other than white space after the value.
        case trailingBytes
        /// Nothing but white space.
        case empty
        case tooLong
    }

    public let code: Code
    public let message: String
    /// In bytes from the beginning of the text.
    public let offset: Int
    /// From 1.
    public let line: Int
    /// From 1, in code points.
    public let column: Int
}

extension JSONError: CustomStringConvertible {
    public var description: String { "line \(line), column \(column): \(message)" }
}

extension JSONError {
    init(_ code: Code, _ message: String, at offset: Int, in bytes: UnsafeBufferPointer<UInt8>) {
        var line = 1, column = 1
        for byte in bytes.prefix(offset) {
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if !UTF8.isContinuation(byte) {
                column += 1
            }
        }
        self.init(code: code, message: message, offset: offset, line: line, column: column)
    }
}
