// SPDX-License-Identifier: Apache-2.0
import COpenSSL

/// AES-256-GCM (NIST SP 800-38D) in a box that says how it was made: one version byte (1), a nonce of 12 random bytes,
/// the ciphertext, a tag of 16 bytes.
///
/// With random nonces one key must not seal more than 2^32 boxes (SP 800-38D, 8.3): far beyond the API keys of any
/// installation.
public enum AESGCM {
    /// How much longer a box is than what lies in it.
    public static let overhead = 1 + nonceSize + tagSize

    static let version: UInt8 = 1
    static let nonceSize = 12
    static let tagSize = 16

    /// - Parameter context: bound to the box, not in it: it opens only with the same bytes.
    /// - Throws: `CryptographyError` `.tooLarge` beyond 2 GiB.
    public static func seal(
        _ plaintext: [UInt8], key: SymmetricKey, authenticating context: [UInt8], random: RandomSource
    ) throws(CryptographyError) -> [UInt8] {
        let nonce = random.bytes(nonceSize)
        precondition(nonce.count == nonceSize, "a random source gives as many bytes as it was asked for")
        guard fits(plaintext.count), fits(context.count) else { throw .tooLarge }
        return [version] + nonce + key.withBytes { key in
            let cipher = GCMCipher(.sealing, key: key, nonce: nonce)
            cipher.authenticate(context)
            return cipher.transform(plaintext) + cipher.makeTag()
        }
    }

    /// - Throws: `CryptographyError` `.malformedBox`, `.unknownVersion`; `.notAuthentic` for another key, another
    ///   context or a changed box, which nobody can tell apart.
    public static func open(
        _ box: [UInt8], key: SymmetricKey, authenticating context: [UInt8]
    ) throws(CryptographyError) -> [UInt8] {
        guard let first = box.first else { throw .malformedBox(0) }
        guard first == version else { throw .unknownVersion(first) }
        guard box.count >= overhead else { throw .malformedBox(box.count) }
        guard fits(box.count), fits(context.count) else { throw .tooLarge }
        let nonce = Array(box[1..<(1 + nonceSize)])
        let ciphertext = Array(box[(1 + nonceSize)..<(box.count - tagSize)])
        let tag = Array(box[(box.count - tagSize)...])
        let opened: [UInt8]? = key.withBytes { key in
            let cipher = GCMCipher(.opening, key: key, nonce: nonce)
            cipher.authenticate(context)
            var plaintext = cipher.transform(ciphertext)
            if cipher.isAuthentic(tag) { return plaintext }
            wipe(&plaintext)
            return nil
        }
        guard let opened else { throw .notAuthentic }
        return opened
    }

    private static func fits(_ count: Int) -> Bool { count < Int(Int32.max) }
}
