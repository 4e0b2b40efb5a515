// SPDX-License-Identifier: Apache-2.0
import Time

/// What a caller logged, not yet made fit to be written.
struct LogEvent: Sendable {
    let time: WallTime
    let level: LogLevel
    let name: StaticString
    let message: String
    let fields: [LogField]

    /// No text of a waiting event is longer than this: a backlog of them is bounded in bytes too.
    static let textLimitBytes = 4_096
    static let fieldLimit = 24

    init(time: WallTime, level: LogLevel, name: StaticString, message: String, fields: [LogField]) {
        self.time = time
        self.level = level
        self.name = name
        self.message = cutBetweenWords(message, toBytes: Self.textLimitBytes)
        self.fields = fields.prefix(Self.fieldLimit).map(Self.cut)
    }

    private static func cut(_ field: LogField) -> LogField {
        switch field.value {
        case .text(let text): LogField(field.name, cutBetweenWords(text, toBytes: textLimitBytes))
        case .id(let id): LogField(id: field.name, Logging.cut(id, toBytes: textLimitBytes))
        case .integer, .boolean: field
        }
    }
}

/// Like `cut`, but without the word that the cut would go through (its last 512 bytes, if it is longer): the rest of
/// half a key or address would no longer be recognised as one.
private func cutBetweenWords(_ text: String, toBytes limit: Int) -> String {
    guard text.utf8.count > limit else { return text }
    let kept = text.utf8.prefix(limit)
    let word = kept.suffix(512).reversed().prefix(while: isAddressByte).count
    return cut(text, toBytes: limit - word)
}

/// The text itself where it is short enough, else its beginning and a mark that says so.
func cut(_ text: String, toBytes limit: Int) -> String {
    guard text.utf8.count > limit else { return text }
    var end = text.utf8.index(text.startIndex, offsetBy: limit)
    // Back to the beginning of the character that would be cut in two; at most three bytes.
    while end.samePosition(in: text.unicodeScalars) == nil { end = text.utf8.index(before: end) }
    return String(text[..<end]) + "…(cut)"
}
