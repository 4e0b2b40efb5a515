// SPDX-License-Identifier: Apache-2.0
import Cryptography
import Foundation
import Testing

@Suite struct TextEncodingTests {
    @Test("base64url agrees with Foundation for every length and reads back", arguments: 0..<70)
    func base64(length: Int) {
        let bytes = RandomSource.system.bytes(length)
        let expected = Data(bytes).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
        #expect(base64URL(bytes) == expected)
        #expect(Cryptography.bytes(fromBase64URL: expected) == bytes)
        #expect(Cryptography.bytes(fromHex: hex(bytes)) == bytes)
        #expect(Cryptography.bytes(fromHex: hex(bytes).uppercased()) == bytes)
    }

    @Test("refuses what is not the one base64url text of its bytes", arguments: [
        "A", "AAAAA", "AA==", "AB", "AAB", "AA+A", "AA/A", "AA A", "AA\n", "ÄA",
    ])
    func badBase64(text: String) {
        #expect(bytes(fromBase64URL: text) == nil)
    }

    @Test("refuses what is not hex", arguments: ["0", "0g", "abc", "0x00", " 00", "٠٠"])
    func badHex(text: String) {
        #expect(bytes(fromHex: text) == nil)
    }

    @Test("compares bytes and lengths")
    func equality() {
        #expect(constantTimeEquals([], []))
        #expect(constantTimeEquals([1, 2], [1, 2]))
        #expect(!constantTimeEquals([1, 2], [1, 3]))
        #expect(!constantTimeEquals([1, 2], [1, 2, 0]))
    }
}
