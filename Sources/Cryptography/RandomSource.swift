// SPDX-License-Identifier: Apache-2.0
import COpenSSL

/// Where chance comes from. Made once in `main`; tests hand in their own. Secrets never come from a seeded one.
public struct RandomSource: Sendable {
    /// Exactly as many bytes as asked for.
    public var bytes: @Sendable (Int) -> [UInt8]

    public init(bytes: @escaping @Sendable (Int) -> [UInt8]) {
        self.bytes = bytes
    }

    /// libcrypto's generator for secrets, seeded by getrandom(2) and anew after a fork (RAND_priv_bytes(3)).
    public static let system = RandomSource { count in
        [UInt8](unsafeUninitializedCapacity: count) { bytes, initialized in
            let status = RAND_priv_bytes(bytes.baseAddress, Int32(count))
            // Without chance nothing that follows is safe: no key, no nonce, no id.
            precondition(status == 1, "the system has no randomness to give")
            initialized = count
        }
    }
}
