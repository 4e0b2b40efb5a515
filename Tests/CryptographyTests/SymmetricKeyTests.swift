// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Cryptography

@Suite struct SymmetricKeyTests {
    @Test("takes 32 bytes and wipes the caller's")
    func taking() throws {
        var bytes = [UInt8](repeating: 7, count: 32)
        let key = try SymmetricKey(taking: &bytes)
        #expect(bytes.isEmpty)
        #expect(key.withBytes { Array($0) } == [UInt8](repeating: 7, count: 32))
    }

    @Test("refuses any other size", arguments: [0, 16, 31, 33])
    func size(count: Int) {
        var bytes = [UInt8](repeating: 7, count: count)
        let error = #expect(throws: CryptographyError.self) { try SymmetricKey(taking: &bytes) }
        #expect(error?.code == .malformedKey)
    }

    @Test("has a fingerprint that is its own, and no digest of its bytes alone")
    func fingerprint() throws {
        var zeros = [UInt8](repeating: 0, count: 32), copy = zeros
        let key = try SymmetricKey(taking: &zeros), same = try SymmetricKey(taking: &copy)
        #expect(key.fingerprint == same.fingerprint)
        #expect(key.fingerprint.utf8.count == 16)
        #expect(key.fingerprint == String(SHA256.hex(Array("onboardd-key-fingerprint-v1:".utf8) + [UInt8](repeating: 0, count: 32)).prefix(16)))
        #expect(key.fingerprint != SymmetricKey(random: .system).fingerprint)
    }

    @Test("no text of a key or a secret shows it")
    func texts() throws {
        var bytes = Array("0123456789abcdef0123456789ABCDEF".utf8)
        let key = try SymmetricKey(taking: &bytes), secret = Secret("0123456789abcdef")
        var texts = ["\(key)", String(reflecting: key), "\(secret)", String(reflecting: secret), "\([secret])", "\(Optional(secret) as Any)"]
        dump(key, to: &texts[0])
        dump(secret, to: &texts[2])
        for text in texts {
            #expect(!text.contains("0123") && !text.contains("48, 49"))
        }
        #expect("\(secret)" == "<redacted>")
        #expect(secret.reveal() == "0123456789abcdef")
    }
}
