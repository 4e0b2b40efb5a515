// SPDX-License-Identifier: Apache-2.0
import Cryptography
import JobQueue
import Time
import Warehouse
import Workflow

/// The tenant's API key: by its hash in the store, by hash and ciphertext in the warehouse; its text only sealed, for the
/// submitter to see once.
struct IssueAPIKey: OnboardingStep {
    static let name = "issue_api_key"
    private let environment: OnboardingEnvironment

    struct Drawn: Codable, Sendable {
        let apiKeyID: String
        let hash: String
        /// base64url. Sealed once, so that each attempt writes the same row.
        let encryptedKey: String
        let createdAt: WallTime
    }

    struct Output: Codable, Sendable {
        let apiKeyID: String

        enum CodingKeys: String, CodingKey {
            case apiKeyID = "api_key_id"
        }
    }

    init(_ environment: OnboardingEnvironment) { self.environment = environment }

    func draw(_ job: OnboardingFacts, _ chance: Chance) throws -> Draw<Drawn> {
        let key = APIKey(of: job.input.tenantID, random: chance.random)
        let encrypted = try key.sealed(under: environment.key, random: chance.random)
        let drawn = Drawn(apiKeyID: key.keyID, hash: key.hash, encryptedKey: base64URL(encrypted), createdAt: chance.now)
        return Draw(drawn, secret: try key.sealed(under: environment.key, random: chance.random))
    }

    func run(_ attempt: OnboardingAttempt, _ drawn: Drawn) async throws -> StepResult {
        let job = attempt.job
        let keyRow = try Self.keyRow(job, drawn)
        try await environment.ask { warehouse throws(WarehouseError) in
            _ = try await warehouse.insert(keyRow, until: attempt.deadline)
        }
        let known = TenantKey(
            keyID: drawn.apiKeyID, tenantKey: job.input.tenantID.key, hash: drawn.hash, isActive: true,
            createdAt: drawn.createdAt, expiresAt: nil)
        return try StepResult(output: Output(apiKeyID: drawn.apiKeyID), effects: [TenantStore.record(known)])
    }

    func undo(_ attempt: OnboardingAttempt, _ drawn: Drawn) async throws -> [Advance.Effect] {
        let keyRow = try Self.keyRow(attempt.job, drawn)
        try await environment.ask { warehouse throws(WarehouseError) in
            _ = try await warehouse.delete(keyRow, until: attempt.deadline)
        }
        return [TenantStore.forget(keyID: drawn.apiKeyID, of: attempt.job.input.tenantID)]
    }

    /// The row as this step writes it.
    static func keyRow(_ job: OnboardingFacts, _ drawn: Drawn) throws -> CentralRow {
        guard let encrypted = bytes(fromBase64URL: drawn.encryptedKey) else {
            throw StepError(code: "unreadable", message: "the stored ciphertext of the API key is damaged", retry: .never)
        }
        return try row(CentralSchema.apiKeys, [
            "api_key_id": .string(drawn.apiKeyID),
            "tenant_id": .string(job.input.tenantID.text),
            "api_key_hash": .string(drawn.hash),
            "encrypted_api_key": .bytes(encrypted),
            "scopes": .strings(APIKey.scopes),
            "is_active": .bool(true),
            "created_at": .timestamp(drawn.createdAt),
        ])
    }
}
