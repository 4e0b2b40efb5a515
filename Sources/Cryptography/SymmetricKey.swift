// SPDX-License-Identifier: Apache-2.0
import COpenSSL
import Synchronization

/// A key of 256 bits. Copies share its bytes, which are wiped when the last copy goes; no text of it shows them.
public struct SymmetricKey: Sendable {
    /// In bytes.
    public static let size = 32

    private let storage: Storage

    public init(random: RandomSource) {
        var bytes = random.bytes(Self.size)
        precondition(bytes.count == Self.size, "a random source gives as many bytes as it was asked for")
        storage = Storage(taking: &bytes)
    }

    /// Takes the bytes over and wipes the caller's array.
    /// - Throws: `CryptographyError` `.malformedKey` for any other number of bytes than `size`.
    public init(taking bytes: inout [UInt8]) throws(CryptographyError) {
        guard bytes.count == Self.size else {
            defer { wipe(&bytes) }
            throw .malformedKey(bytes.count)
        }
        storage = Storage(taking: &bytes)
    }

    /// 16 hex digits by which people and backups recognise the key: the beginning of a SHA-256 over the key and a
    /// prefix of its own, so that it equals no other digest of the same bytes.
    public var fingerprint: String {
        var stream = SHA256Stream()
        stream.update("onboardd-key-fingerprint-v1:".utf8)
        withBytes { stream.update(raw: $0) }
        return hex(stream.finish().prefix(8))
    }

    /// The bytes, only while `body` runs, which must not ask for the same key's bytes again.
    func withBytes<Result: Sendable>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        storage.bytes.withLock { $0.withUnsafeBytes(body) }
    }

    private final class Storage: Sendable {
        let bytes: Mutex<[UInt8]>

        init(taking source: inout [UInt8]) {
            // A copy that nobody shares, even where the caller's array was shared.
            bytes = Mutex(source.withUnsafeBufferPointer(Array.init))
            wipe(&source)
        }

        deinit { bytes.withLock { wipe(&$0) } }
    }
}

extension SymmetricKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "<key \(fingerprint)>" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// Overwrites the bytes in a way that the compiler may not leave out, and empties the array. Where the array shares its
/// storage, that stays: keep one owner of a secret.
public func wipe(_ bytes: inout [UInt8]) {
    bytes.withUnsafeMutableBytes { OPENSSL_cleanse($0.baseAddress, $0.count) }
    bytes = []
}
