// SPDX-License-Identifier: Apache-2.0

/// Reads the one document of a YAML text.
///
/// Refused, because our files need none of it and each can hide a surprise: a second document, anchors and aliases (a few
/// lines of them can stand for gigabytes), tags, keys that are not scalars, and a key that stands twice in one mapping.
public enum YAMLDocument: Sendable {
    public static let maxBytes = 1 << 20
    /// How many sequences and mappings may be open at once.
    public static let maxDepth = 32

    /// - Parameter file: named in errors.
    /// - Returns: the root; a null scalar where the text holds no document.
    public static func parse(_ text: String, file: String? = nil) throws(YAMLError) -> YAMLNode {
        try parse(Array(text.utf8), file: file)
    }

    public static func parse(_ bytes: [UInt8], file: String? = nil) throws(YAMLError) -> YAMLNode {
        guard bytes.count <= maxBytes else { throw tooLarge(file) }
        return try bytes.withUnsafeBufferPointer { buffer throws(YAMLError) in
            try YAMLComposer(events: YAMLEvents(of: buffer, file: file), file: file).document()
        }
    }

    static func tooLarge(_ file: String?) -> YAMLError {
        YAMLError(file: file, mark: nil, message: "is larger than \(maxBytes) bytes, the most that is read")
    }
}
