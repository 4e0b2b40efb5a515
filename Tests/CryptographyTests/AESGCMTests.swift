// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Cryptography

@Suite struct AESGCMTests {
    let key = SymmetricKey(random: .system)
    let context = Array("acme_corp|key_1".utf8)

    @Test("opens what it sealed", arguments: [0, 1, 15, 16, 17, 100_000])
    func roundTrip(size: Int) throws {
        let plaintext = RandomSource.system.bytes(size)
        let box = try AESGCM.seal(plaintext, key: key, authenticating: context, random: .system)
        #expect(box.count == size + AESGCM.overhead)
        #expect(try AESGCM.open(box, key: key, authenticating: context) == plaintext)
    }

    @Test("seals the same value differently each time")
    func nonces() throws {
        let boxes = try (0..<100).map { _ in try AESGCM.seal([1], key: key, authenticating: context, random: .system) }
        #expect(Set(boxes).count == boxes.count)
    }

    @Test("a change to any byte is noticed")
    func tampering() throws {
        let box = try AESGCM.seal(Array("secret".utf8), key: key, authenticating: context, random: .system)
        for index in box.indices {
            for mask: UInt8 in [0x01, 0x80] {
                var changed = box
                changed[index] ^= mask
                let error = #expect(throws: CryptographyError.self) {
                    try AESGCM.open(changed, key: key, authenticating: context)
                }
                #expect(error?.code == (index == 0 ? .unknownVersion : .notAuthentic))
            }
        }
    }

    @Test("a box cut at any length is refused")
    func cut() throws {
        let box = try AESGCM.seal([1, 2, 3], key: key, authenticating: context, random: .system)
        for length in 0..<box.count {
            let error = #expect(throws: CryptographyError.self) {
                try AESGCM.open(Array(box.prefix(length)), key: key, authenticating: context)
            }
            #expect(error?.code == (length < AESGCM.overhead ? .malformedBox : .notAuthentic))
        }
    }

    @Test("opens under no other context and no other key")
    func wrongContextOrKey() throws {
        let box = try AESGCM.seal([1, 2, 3], key: key, authenticating: context, random: .system)
        for other in [[], Array("acme_corp|key_2".utf8), context + [0]] {
            let error = #expect(throws: CryptographyError.self) { try AESGCM.open(box, key: key, authenticating: other) }
            #expect(error?.code == .notAuthentic)
        }
        let otherKey = SymmetricKey(random: .system)
        #expect(throws: CryptographyError.notAuthentic) { try AESGCM.open(box, key: otherKey, authenticating: context) }
    }
}
