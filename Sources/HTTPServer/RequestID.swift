// SPDX-License-Identifier: Apache-2.0

/// The value of `X-Request-Id`.
enum RequestID {
    static let field = "X-Request-Id"
    private static let longestKept = 64

    /// The client's id if it is harmless in a log and a header, else a new one.
    static func kept(from fields: HTTPFields) -> String {
        if let index = fields.first(named: field) {
            let bytes = fields.valueBytes(index)
            if (1...longestKept).contains(bytes.count), bytes.allSatisfy(isKept) {
                return String(decoding: bytes, as: UTF8.self)
            }
        }
        return random()
    }

    /// 128 random bits as 32 hex digits.
    static func random() -> String {
        var generator = SystemRandomNumberGenerator()
        let bits: (UInt64, UInt64) = (generator.next(), generator.next())
        return String(unsafeUninitializedCapacity: 32) { text in
            for position in 0..<32 {
                let half = position < 16 ? bits.0 : bits.1
                let digit = UInt8(truncatingIfNeeded: half >> UInt64(60 - 4 * (position & 15))) & 0xF
                text[position] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
            }
            return 32
        }
    }

    private static func isKept(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
