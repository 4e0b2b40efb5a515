// SPDX-License-Identifier: Apache-2.0

/// The text on one line, without what must not be read: the last line of defence, behind callers that log no secrets.
///
/// - E-mail addresses, and anything shaped like one.
/// - Long random words: 43 or more characters of base64url with both cases, as API keys and tokens of 256 bits are.
///   SHA-256 in hex and job ids have one case and stay.
/// - Control characters (C0, C1, DEL, line and paragraph separators) become `\n`, `\u{1b}` and the like.
func safeText(_ text: String) -> String {
    singleLine(redacted(text))
}

/// The text with its control characters written out.
func singleLine(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isControl) else { return text }
    var line = ""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\n": line += "\\n"
        case "\r": line += "\\r"
        case "\t": line += "\\t"
        case _ where isControl(scalar): line += "\\u{\(String(scalar.value, radix: 16))}"
        default: line.unicodeScalars.append(scalar)
        }
    }
    return line
}

private func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029: true
    // Marks that reorder what a terminal shows (bidirectional embeddings, overrides, isolates).
    case 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
}

private let mark = "<redacted>"
private let secretLength = 43

private func redacted(_ text: String) -> String {
    let bytes = Array(text.utf8)
    guard bytes.contains(UInt8(ascii: "@")) || bytes.count >= secretLength else { return text }
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
        let end = wordEnd(bytes, from: index)
        if end == index {
            result.append(bytes[index])
            index += 1
        } else {
            result += redactedWord(bytes[index..<end])
            index = end
        }
    }
    return String(decoding: result, as: UTF8.self)
}

private func wordEnd(_ bytes: [UInt8], from start: Int) -> Int {
    bytes[start...].firstIndex { !isAddressByte($0) } ?? bytes.endIndex
}

private func redactedWord(_ word: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let at = word.firstIndex(of: UInt8(ascii: "@"))
    let isAddress = at.map { $0 > word.startIndex && $0 + 1 < word.endIndex } ?? false
    let holdsSecret = word.split { !isBase64URL($0) }.contains(where: isRandom)
    return isAddress || holdsSecret ? Array(mark.utf8)[...] : word
}

private func isRandom(_ run: ArraySlice<UInt8>) -> Bool {
    run.count >= secretLength
        && run.contains { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 }
        && run.contains { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 }
}

private func isBase64URL(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
        true
    default: false
    }
}

/// What may stand in an e-mail address (RFC 5322 `atom`, RFC 6531 beyond ASCII), dots and the at sign.
func isAddressByte(_ byte: UInt8) -> Bool {
    isBase64URL(byte) || byte >= 0x80 || ".@!#$%&'*+/=?^`{|}~".utf8.contains(byte)
}
