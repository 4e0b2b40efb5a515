// SPDX-License-Identifier: Apache-2.0

/// Why a document was refused, and where.
public struct YAMLError: Error, Sendable, Equatable {
    /// Nil for a text that came from no file.
    public let file: String?
    /// Nil where the file as a whole is meant: it cannot be read, or is too large.
    public let mark: YAMLMark?
    public let message: String

    public var line: Int? { mark?.line }
    public var column: Int? { mark?.column }

    public init(file: String?, mark: YAMLMark?, message: String) {
        self.file = file
        self.mark = mark
        self.message = message
    }
}

extension YAMLError: CustomStringConvertible {
    /// `file:line:column: message`, as compilers write it.
    public var description: String {
        let place = [file, line.map(String.init), column.map(String.init)].compactMap(\.self)
        return (place + [" "]).joined(separator: ":") + message
    }
}
