// SPDX-License-Identifier: Apache-2.0

/// UUIDs that begin with their time, so that new ones lie together in an index (RFC 9562, section 5.7).
///
/// Two of one millisecond have no order: an order of jobs is a number from the store, never an id.
public enum UUIDv7 {
    /// 32 hex digits. A time before 1970 counts as 1970.
    public static func hex(milliseconds: Int64, random: RandomSource) -> String {
        Cryptography.hex(bytes(milliseconds, random))
    }

    /// `019abcde-1234-7abc-8def-0123456789ab`
    public static func canonical(milliseconds: Int64, random: RandomSource) -> String {
        dashed(bytes(milliseconds, random))
    }

    private static func bytes(_ milliseconds: Int64, _ random: RandomSource) -> [UInt8] {
        let time = UInt64(max(milliseconds, 0))
        let timeBytes = (0..<6).map { UInt8(truncatingIfNeeded: time >> (40 - 8 * $0)) }
        return marked(timeBytes + random.bytes(10), version: 7)
    }
}

/// Random UUIDs (RFC 9562, section 5.4).
public enum UUIDv4 {
    /// 32 hex digits.
    public static func hex(random: RandomSource) -> String {
        Cryptography.hex(marked(random.bytes(16), version: 4))
    }

    /// `f81d4fae-7dec-41d0-a765-00a0c91e6bf6`
    public static func canonical(random: RandomSource) -> String {
        dashed(marked(random.bytes(16), version: 4))
    }
}

private func marked(_ bytes: [UInt8], version: UInt8) -> [UInt8] {
    precondition(bytes.count == 16, "a random source gives as many bytes as it was asked for")
    var marked = bytes
    marked[6] = marked[6] & 0x0F | version << 4
    marked[8] = marked[8] & 0x3F | 0x80
    return marked
}

private func dashed(_ bytes: [UInt8]) -> String {
    [0..<4, 4..<6, 6..<8, 8..<10, 10..<16].map { hex(bytes[$0]) }.joined(separator: "-")
}
