// SPDX-License-Identifier: Apache-2.0
import COpenSSL

/// Lower-case hex digits, two a byte.
public func hex(_ bytes: some Collection<UInt8>) -> String {
    let digits = StaticString("0123456789abcdef")
    return String(unsafeUninitializedCapacity: bytes.count * 2) { text in
        var index = 0
        for byte in bytes {
            text[index] = digits.utf8Start[Int(byte >> 4)]
            text[index + 1] = digits.utf8Start[Int(byte & 15)]
            index += 2
        }
        return index
    }
}

/// The bytes that hex digits of either case stand for; nil for an odd number of digits or any other character.
public func bytes(fromHex text: some StringProtocol) -> [UInt8]? {
    let digits = text.utf8.map(hexValue)
    guard digits.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(digits.count / 2)
    for index in stride(from: 0, to: digits.count, by: 2) {
        guard let high = digits[index], let low = digits[index + 1] else { return nil }
        bytes.append(high << 4 | low)
    }
    return bytes
}

private func hexValue(_ character: UInt8) -> UInt8? {
    switch character {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
    default: nil
    }
}

/// base64url of RFC 4648, section 5, without padding.
public func base64URL(_ bytes: some Collection<UInt8>) -> String {
    String(decoding: base64URLCharacters(bytes), as: UTF8.self)
}

/// The same as an array, which its owner can wipe.
func base64URLCharacters(_ bytes: some Collection<UInt8>) -> [UInt8] {
    let alphabet = StaticString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    var characters: [UInt8] = []
    characters.reserveCapacity((bytes.count * 4 + 2) / 3)
    var bits: UInt32 = 0, bitCount = 0
    for byte in bytes {
        bits = bits << 8 | UInt32(byte)
        bitCount += 8
        while bitCount >= 6 {
            bitCount -= 6
            characters.append(alphabet.utf8Start[Int(bits >> bitCount & 63)])
        }
    }
    if bitCount > 0 { characters.append(alphabet.utf8Start[Int(bits << (6 - bitCount) & 63)]) }
    return characters
}

/// The bytes behind base64url; nil for padding, white space, any other character, an impossible length, and spare bits
/// that are not zero: each value has one text (RFC 4648, section 3.5).
public func bytes(fromBase64URL text: some StringProtocol) -> [UInt8]? {
    bytes(fromBase64URL: text.utf8)
}

func bytes(fromBase64URL characters: some Collection<UInt8>) -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(characters.count * 3 / 4)
    var bits: UInt32 = 0, bitCount = 0
    for character in characters {
        guard let value = base64URLValue(character) else { return nil }
        bits = bits << 6 | UInt32(value)
        bitCount += 6
        if bitCount >= 8 {
            bitCount -= 8
            bytes.append(UInt8(truncatingIfNeeded: bits >> bitCount))
        }
    }
    guard bitCount < 6, bits & (1 << bitCount - 1) == 0 else { return nil }
    return bytes
}

private func base64URLValue(_ character: UInt8) -> UInt8? {
    switch character {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): character - UInt8(ascii: "A")
    case UInt8(ascii: "a")...UInt8(ascii: "z"): character - UInt8(ascii: "a") + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0") + 52
    case UInt8(ascii: "-"): 62
    case UInt8(ascii: "_"): 63
    default: nil
    }
}

/// Whether both hold the same bytes, in a time that depends on their number only.
public func constantTimeEquals(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
}
