// SPDX-License-Identifier: Apache-2.0
import Cryptography
import FoundationEssentials
import JobQueue

/// A tenant's API key: `<tenant_id>_api_` and 256 random bits as 43 base64url characters.
public struct APIKey: Sendable {
    let keyID: String
    let tenantID: String
    let text: Secret<String>

    static let scopes = ["pipelines:read", "pipelines:write", "pipelines:execute"]
    private static let randomBytes = 32

    init(of tenantID: TenantID, random: RandomSource) {
        keyID = UUIDv4.canonical(random: random)
        self.tenantID = tenantID.text
        text = Secret("\(tenantID)_api_\(base64URL(random.bytes(Self.randomBytes)))")
    }

    /// What it is looked up by: SHA-256 of its text, hexadecimal.
    public static func hash(_ text: String) -> String { SHA256.hex(text.utf8) }

    var hash: String { Self.hash(text.reveal()) }

    /// Its text under `key`, bound to the tenant and to the key's id.
    func sealed(under key: SymmetricKey, random: RandomSource) throws(CryptographyError) -> [UInt8] {
        try AESGCM.seal(
            Array(text.reveal().utf8), key: key, authenticating: Self.context(tenantID, keyID), random: random)
    }

    /// Opens what `JobStore.showSecret` gave out.
    /// - Parameter snapshot: the onboarding job, which knows the key's id.
    /// - Throws: `CryptographyError`; `DecodingError` where the job has no key.
    public static func open(_ sealed: [UInt8], of snapshot: JobSnapshot, key: SymmetricKey) throws -> Secret<String> {
        let output = snapshot.steps.first { $0.name == IssueAPIKey.name }?.output ?? "null"
        let keyID = try JSONDecoder().decode(IssueAPIKey.Output.self, from: Data(output.utf8)).apiKeyID
        let bytes = try AESGCM.open(sealed, key: key, authenticating: context(snapshot.job.subject ?? "", keyID))
        return Secret(String(decoding: bytes, as: UTF8.self))
    }

    /// The same bytes whatever seals it, a local key or a key service.
    private static func context(_ tenantID: String, _ keyID: String) -> [UInt8] { Array("\(tenantID)|\(keyID)".utf8) }
}
