// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import JobQueue

/// Why a job failed, as clients see it.
public struct JobError: Codable, Sendable, Equatable {
    public let step: String
    public let code: String
    public let message: String
    public let retryable: Bool
    public let occurredAt: String

    enum CodingKeys: String, CodingKey {
        case step, code, message, retryable, occurredAt = "occurred_at"
    }

    static func decode(_ text: String?) throws -> JobError? {
        try text.map { try JSONDecoder().decode(JobError.self, from: Data($0.utf8)) }
    }
}

/// What could not be undone, as clients see it: it holds the job's subject until it is cleared.
public struct Leftover: Codable, Sendable, Equatable {
    public let step: String
    public let code: String
    public let message: String
}

enum JobWarnings {
    static func decode(_ text: String?) throws -> [String] {
        try text.map { try JSONDecoder().decode([String].self, from: Data($0.utf8)) } ?? []
    }
}
