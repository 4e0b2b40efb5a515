// SPDX-License-Identifier: Apache-2.0
import COpenSSL

/// SHA-256 (FIPS 180-4).
public enum SHA256 {
    public static let digestSize = 32

    /// The 32 bytes of the digest.
    public static func digest(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        var stream = SHA256Stream()
        stream.update(bytes)
        return stream.finish()
    }

    /// The digest as 64 lower-case hex digits.
    public static func hex(_ bytes: some Sequence<UInt8>) -> String {
        Cryptography.hex(digest(bytes))
    }
}

/// A digest of bytes that come in pieces.
public struct SHA256Stream: ~Copyable {
    private let context: OpaquePointer

    public init() {
        guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
            preconditionFailure("libcrypto has no SHA-256, or no memory")
        }
        self.context = context
    }

    deinit { EVP_MD_CTX_free(context) }

    public mutating func update(_ bytes: some Sequence<UInt8>) {
        withContiguousBytes(bytes) { update(raw: UnsafeRawBufferPointer($0)) }
    }

    mutating func update(raw bytes: UnsafeRawBufferPointer) {
        let status = EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
        precondition(status == 1, "EVP_DigestUpdate cannot fail on a digest that has begun")
    }

    /// The 32 bytes of the digest of all that was added.
    public consuming func finish() -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: SHA256.digestSize) { digest, count in
            let status = EVP_DigestFinal_ex(context, digest.baseAddress, nil)
            precondition(status == 1, "EVP_DigestFinal_ex cannot fail on a digest that has begun")
            count = SHA256.digestSize
        }
    }
}

@available(*, unavailable)
extension SHA256Stream: Sendable {}

/// The sequence's own storage where it is contiguous, else a copy.
func withContiguousBytes<Result>(
    _ bytes: some Sequence<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Result
) -> Result {
    bytes.withContiguousStorageIfAvailable(body) ?? Array(bytes).withUnsafeBufferPointer(body)
}
