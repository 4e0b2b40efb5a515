// SPDX-License-Identifier: Apache-2.0
import Cryptography
import JobQueue
import Testing
import Time
import Warehouse

@testable import Onboarding

@Suite("An API key")
struct APIKeyTests {
    private static let random = RandomSource.system

    @Test("is the tenant's id, _api_ and 256 random bits as 43 base64url characters", arguments: ["acme_corp", "ACME_Corp", "123"])
    func format(id: String) throws {
        let key = APIKey(of: try TenantID(id), random: Self.random)
        let text = key.text.reveal()
        #expect(text.hasPrefix("\(id)_api_"))
        let chance = text.dropFirst("\(id)_api_".count)
        #expect(chance.utf8.count == 43)
        #expect(bytes(fromBase64URL: chance)?.count == 32)
        #expect(!chance.contains("=") && !chance.contains("+") && !chance.contains("/"))
    }

    @Test("is never drawn twice")
    func fresh() throws {
        let id = try TenantID("acme_corp")
        let keys = (0..<100).map { _ in APIKey(of: id, random: Self.random) }
        #expect(Set(keys.map { $0.text.reveal() }).count == 100 && Set(keys.map(\.keyID)).count == 100)
    }

    @Test("holds just the bits that it drew")
    func drawn() throws {
        let ones = APIKey(of: try TenantID("acme_corp"), random: RandomSource { Array(repeating: 0xFF, count: $0) })
        #expect(ones.text.reveal() == "acme_corp_api_" + String(repeating: "_", count: 42) + "8")
    }

    @Test("is looked up by the SHA-256 of its text")
    func hash() {
        #expect(APIKey.hash("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test("shows itself in no text")
    func redacted() throws {
        let key = APIKey(of: try TenantID("acme_corp"), random: Self.random)
        var dumped = ""
        dump(key, to: &dumped)
        let secret = String(key.text.reveal().suffix(43))
        #expect(!"\(key)".contains(secret) && !dumped.contains(secret))
    }

    @Test("sealed opens only as the key of its tenant, with its id, under the key that sealed it")
    func context() throws {
        let master = SymmetricKey(random: Self.random)
        let key = APIKey(of: try TenantID("acme_corp"), random: Self.random)
        let sealed = try key.sealed(under: master, random: Self.random)
        func open(_ tenant: String, _ id: String, _ key: SymmetricKey) throws -> [UInt8] {
            try AESGCM.open(sealed, key: key, authenticating: Array("\(tenant)|\(id)".utf8))
        }
        #expect(try open("acme_corp", key.keyID, master) == Array(key.text.reveal().utf8))
        #expect(throws: CryptographyError.self) { try open("acme_corq", key.keyID, master) }
        #expect(throws: CryptographyError.self) { try open("ACME_corp", key.keyID, master) }
        #expect(throws: CryptographyError.self) { try open("acme_corp", "another", master) }
        #expect(throws: CryptographyError.self) { try open("acme_corp", key.keyID, SymmetricKey(random: Self.random)) }
        #expect(sealed != (try key.sealed(under: master, random: Self.random)))
    }

    @Test("swapped with another tenant's, or with another of the same tenant, does not open")
    func swapped() async throws {
        try await Site.with { site in
            let first = try await Self.issue("first_corp", at: site), second = try await Self.issue("second_corp", at: site)
            let key = site.key
            let text = try APIKey.open(first.sealed, of: first.snapshot, key: key).reveal()
            #expect(try APIKey.open(second.sealed, of: second.snapshot, key: key).reveal() != text)
            #expect(throws: CryptographyError.self) { try APIKey.open(second.sealed, of: first.snapshot, key: key) }
            #expect(throws: CryptographyError.self) { try APIKey.open(first.sealed, of: second.snapshot, key: key) }
            let other = try APIKey(of: TenantID("first_corp"), random: .system).sealed(under: key, random: .system)
            #expect(throws: CryptographyError.self) { try APIKey.open(other, of: first.snapshot, key: key) }
        }
    }

    @Test("opens from the warehouse's ciphertext too, which is not the store's")
    func warehouseCiphertext() async throws {
        try await Site.with { site in
            let issued = try await Self.issue("acme_corp", at: site)
            let row = try #require(
                try await site.warehouse.rows(in: CentralSchema.apiKeys, of: "acme_corp", until: site.soon).first)
            guard case .bytes(let stored) = row["encrypted_api_key"] else {
                Issue.record("there is no ciphertext")
                return
            }
            #expect(stored != issued.sealed)
            let text = try APIKey.open(stored, of: issued.snapshot, key: site.key).reveal()
            #expect(row["api_key_hash"] == .string(APIKey.hash(text)))
            #expect(row["scopes"] == .strings(["pipelines:read", "pipelines:write", "pipelines:execute"]))
            #expect(try await site.tenants.tenant(holdingKeyHash: APIKey.hash(text), at: site.clock.wall)?.tenantID == "acme_corp")
        }
    }

    @Test("is in clear in no file, neither unread nor read")
    func nothingInClear() async throws {
        try await Site.with { site in
            let work = try await site.work(on: "acme_corp", upTo: "issue_api_key")
            let unread = try site.contents()
            try await site.succeed(work)
            #expect(unread.keys.contains("jobs.sqlite secret"))
            let snapshot = try #require(try await site.store.snapshot(of: work.id))
            let row = try #require(
                try await site.warehouse.rows(in: CentralSchema.apiKeys, of: "acme_corp", until: site.soon).first)
            guard case .bytes(let sealed) = row["encrypted_api_key"] else {
                Issue.record("there is no ciphertext")
                return
            }
            let text = try APIKey.open(sealed, of: snapshot, key: site.key).reveal()
            let chance = text.suffix(43)
            let raw = try #require(bytes(fromBase64URL: chance))
            for _ in ["unread", "read"] {
                #expect(try site.files(holding: chance.utf8) == [])
                #expect(try site.files(holding: raw) == [])
                #expect(try site.files(holding: "acme_corp_api_".utf8) == [])
                let hashed = try site.files(holding: APIKey.hash(text).utf8)
                #expect(hashed.contains { $0.hasPrefix("jobs.sqlite") } && hashed.contains { $0.hasPrefix("warehouse/central.sqlite") })
                _ = try await site.store.showSecret(of: snapshot.job.seq, to: "tester")
            }
        }
    }

    /// Onboards up to activation, and takes the sealed key out of the store.
    private static func issue(_ tenantID: String, at site: Site) async throws -> (sealed: [UInt8], snapshot: JobSnapshot) {
        let work = try await site.work(on: tenantID, upTo: "activate_tenant")
        try await site.succeed(work)
        let snapshot = try #require(try await site.store.snapshot(of: work.id))
        guard case .shown(let sealed) = try await site.store.showSecret(of: snapshot.job.seq, to: "tester") else {
            throw NotShown()
        }
        return (sealed, snapshot)
    }

    private struct NotShown: Error {}
}
