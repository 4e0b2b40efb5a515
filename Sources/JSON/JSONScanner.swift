// SPDX-License-Identifier: Apache-2.0

/// Reads one JSON text, strictly by RFC 8259 and stricter where it leaves a choice: no two members of an object may have
/// one name, an integer fits in 64 bits, and every escape stands for a code point.
public enum JSONScanner: Sendable {
    /// The most levels that `maxDepth` can ask for: the scanner calls itself once a level, and threads' stacks are small.
    public static let deepestSupported = 256

    /// - Parameters:
    ///   - maxDepth: how many arrays and objects may be open at once, at most `deepestSupported`.
    ///   - maxBytes: the longest text that is looked at.
    public static func scan(
        _ bytes: [UInt8], maxDepth: Int = 16, maxBytes: Int = 65_536
    ) throws(JSONError) -> JSONValue {
        try bytes.withUnsafeBufferPointer { buffer throws(JSONError) in
            guard buffer.count <= maxBytes else {
                throw JSONError(.tooLong, "the text has \(buffer.count) bytes; at most \(maxBytes) are read", at: 0, in: buffer)
            }
            var cursor = JSONCursor(bytes: buffer, maxDepth: min(maxDepth, deepestSupported))
            return try cursor.text()
        }
    }
}
