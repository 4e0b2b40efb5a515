// SPDX-License-Identifier: Apache-2.0
import COpenSSL

/// One use of libcrypto's AES-256-GCM: `authenticate`, `transform`, then `makeTag` or `isAuthentic`, each once.
///
/// Its calls fail only without memory or without the algorithm, which no input brings about: that stops the program. All
/// but the comparison of the tag.
struct GCMCipher: ~Copyable {
    enum Direction: Int32 {
        case opening = 0, sealing = 1
    }

    private let context: OpaquePointer

    init(_ direction: Direction, key: UnsafeRawBufferPointer, nonce: [UInt8]) {
        guard let context = EVP_CIPHER_CTX_new() else { preconditionFailure("no memory for a cipher") }
        self.context = context
        precondition(key.count == SymmetricKey.size && nonce.count == AESGCM.nonceSize)
        let keyBytes = key.assumingMemoryBound(to: UInt8.self).baseAddress
        check(EVP_CipherInit_ex(context, EVP_aes_256_gcm(), nil, keyBytes, nonce, direction.rawValue))
    }

    deinit { EVP_CIPHER_CTX_free(context) }

    func authenticate(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        var count: Int32 = 0
        check(EVP_CipherUpdate(context, nil, &count, bytes, Int32(bytes.count)))
    }

    /// As many bytes as it was given.
    func transform(_ bytes: [UInt8]) -> [UInt8] {
        guard !bytes.isEmpty else { return [] }
        return [UInt8](unsafeUninitializedCapacity: bytes.count) { output, count in
            var written: Int32 = 0
            check(EVP_CipherUpdate(context, output.baseAddress, &written, bytes, Int32(bytes.count)))
            count = Int(written)
        }
    }

    func makeTag() -> [UInt8] {
        precondition(finish(), "EVP_CipherFinal_ex cannot fail when sealing")
        var tag = [UInt8](repeating: 0, count: AESGCM.tagSize)
        check(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, Int32(tag.count), &tag))
        return tag
    }

    func isAuthentic(_ tag: [UInt8]) -> Bool {
        var tag = tag
        check(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, Int32(tag.count), &tag))
        return finish()
    }

    private func finish() -> Bool {
        var rest: [UInt8] = [UInt8](repeating: 0, count: 16), count: Int32 = 0
        if EVP_CipherFinal_ex(context, &rest, &count) == 1 { return true }
        // The queue belongs to the thread: what stays in it, another user of libcrypto there would take for its own.
        ERR_clear_error()
        return false
    }

    private func check(_ status: Int32) {
        precondition(status == 1, "libcrypto has no AES-256-GCM, or no memory")
    }
}
