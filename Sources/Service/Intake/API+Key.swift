// SPDX-License-Identifier: Apache-2.0
import Cryptography
import HTTPServer
import JobQueue
import Onboarding

/// What a look for a job's API key found.
enum KeyLook {
    case shown(ShownKey)
    case notYet
    /// It can't be shown any more, and why.
    case gone(String)
}

/// A key on its way to the one client that may see it.
struct ShownKey: Sendable {
    let text: String
    fileprivate let seq: Int64
    fileprivate let sealed: [UInt8]
}

extension API {
    /// Takes the key out of the store, durably, before anyone sees it.
    func showKey(of snapshot: JobSnapshot, to viewer: String) async throws -> KeyLook {
        let job = snapshot.job
        switch try await context.store.showSecret(of: job.seq, to: viewer) {
        case .shown(let sealed):
            do {
                let key = try APIKey.open(sealed, of: snapshot, key: context.key)
                return .shown(ShownKey(text: key.reveal(), seq: job.seq, sealed: sealed))
            } catch {
                try await context.store.putSecretBack(of: job.seq, sealed: sealed)
                throw error
            }
        case .notYet, .none: return .notYet
        case .shownBefore(let time): return .gone("was shown at \(time.rfc3339)")
        case .expired: return .gone("was not asked for within 24 hours of its activation")
        }
    }

    /// An answer that holds the key: if its bytes don't all leave this machine, the key goes back and can be asked for again.
    func handing(over key: ShownKey, _ response: HTTPResponse) -> HTTPResponse {
        var response = response
        response.onDelivery = { [context] isDelivered in
            guard !isDelivered else { return }
            Task {
                do {
                    try await context.store.putSecretBack(of: key.seq, sealed: key.sealed)
                } catch {
                    context.log.error("api.key_lost", "an API key was not delivered and could not be put back: rotate it: \(error)")
                }
            }
        }
        return response
    }
}
