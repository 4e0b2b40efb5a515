// SPDX-License-Identifier: Apache-2.0
import COpenSSL

/// HMAC with SHA-256 (RFC 2104), as Standard Webhooks signs with.
public enum HMACSHA256 {
    /// The 32 bytes that authenticate `message`. Compare with `constantTimeEquals`, never with `==`.
    public static func code(for message: some Sequence<UInt8>, key: some Sequence<UInt8>) -> [UInt8] {
        withContiguousBytes(key) { key in
            withContiguousBytes(message) { message in
                [UInt8](unsafeUninitializedCapacity: SHA256.digestSize) { code, count in
                    // An empty key is valid, and NULL is not one for every version of libcrypto.
                    var none: UInt8 = 0
                    let made = withUnsafePointer(to: &none) {
                        HMAC(EVP_sha256(), key.baseAddress ?? $0, Int32(clamping: key.count),
                             message.baseAddress ?? $0, message.count, code.baseAddress, nil)
                    }
                    precondition(made != nil, "libcrypto has no SHA-256, or no memory")
                    count = SHA256.digestSize
                }
            }
        }
    }
}
