// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Cryptography

@Suite struct KnownAnswerTests {
    @Test("SHA-256 of NIST's examples and the empty message", arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"),
    ])
    func sha256(message: String, digest: String) {
        #expect(SHA256.hex(message.utf8) == digest)
        #expect(SHA256.digest(Array(message.utf8)) == bytes(fromHex: digest))
        #expect(SHA256.digest(message.utf8.lazy.map { $0 }) == bytes(fromHex: digest))
        var stream = SHA256Stream()
        for byte in message.utf8 { stream.update([byte]) }
        #expect(hex(stream.finish()) == digest)
    }

    static let hmacs: [(key: String, message: String, code: String)] = [  // RFC 4231, test cases 1, 2, 3, 6; then none
        (String(repeating: "0b", count: 20), "4869205468657265", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
        ("4a656665", "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
         "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
        (String(repeating: "aa", count: 20), String(repeating: "dd", count: 50),
         "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
        (String(repeating: "aa", count: 131),
         "54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65204b6579202d2048617368204b6579204669727374",
         "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
        ("", "", "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"),
    ]

    @Test("HMAC-SHA-256 of RFC 4231", arguments: hmacs)
    func hmac(key: String, message: String, code: String) throws {
        let key = try #require(bytes(fromHex: key)), message = try #require(bytes(fromHex: message))
        #expect(hex(HMACSHA256.code(for: message, key: key)) == code)
    }

    static let gcms: [(key: String, nonce: String, context: String, plaintext: String, sealed: String)] = [
        // Test cases 13, 14, 16 of "The Galois/Counter Mode of Operation" (McGrew, Viega), which NIST refers to.
        (String(repeating: "00", count: 32), String(repeating: "00", count: 12), "", "", "530f8afbc74536b9a963b4f1c4cb738b"),
        (String(repeating: "00", count: 32), String(repeating: "00", count: 12), "", String(repeating: "00", count: 16),
         "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"),
        ("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308", "cafebabefacedbaddecaf888",
         "feedfacedeadbeeffeedfacedeadbeefabaddad2",
         "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
         "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b"),
    ]

    @Test("AES-256-GCM of its authors' test cases", arguments: gcms)
    func gcm(key: String, nonce: String, context: String, plaintext: String, sealed: String) throws {
        var keyBytes = try #require(bytes(fromHex: key))
        let key = try SymmetricKey(taking: &keyBytes)
        let nonce = try #require(bytes(fromHex: nonce)), context = try #require(bytes(fromHex: context))
        let plaintext = try #require(bytes(fromHex: plaintext))
        let box = try AESGCM.seal(plaintext, key: key, authenticating: context, random: RandomSource { _ in nonce })
        #expect(hex(box) == "01" + hex(nonce) + sealed)
        #expect(try AESGCM.open(box, key: key, authenticating: context) == plaintext)
    }

    @Test("UUIDv7 of RFC 9562, appendix A.6")
    func uuidV7() {
        // The RFC's random bits; version and variant are set over them.
        let random = RandomSource { count in Array([0x0C, 0xC3, 0x18, 0xC4, 0xDC, 0x0C, 0x0C, 0x07, 0x39, 0x8F].prefix(count)) }
        #expect(UUIDv7.canonical(milliseconds: 0x017F_22E2_79B0, random: random) == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f")
        #expect(UUIDv7.hex(milliseconds: 0x017F_22E2_79B0, random: random) == "017f22e279b07cc398c4dc0c0c07398f")
        #expect(UUIDv7.hex(milliseconds: -1, random: random).hasPrefix("0000000000007"))
    }

    @Test("UUIDv4 sets version and variant and leaves the rest to chance")
    func uuidV4() {
        #expect(UUIDv4.canonical(random: RandomSource { .init(repeating: 0xFF, count: $0) }) == "ffffffff-ffff-4fff-bfff-ffffffffffff")
        #expect(UUIDv4.hex(random: RandomSource { .init(repeating: 0, count: $0) }) == "00000000000040008000000000000000")
        #expect(UUIDv4.hex(random: .system) != UUIDv4.hex(random: .system))
    }
}
