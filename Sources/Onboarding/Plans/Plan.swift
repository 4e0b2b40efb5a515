// SPDX-License-Identifier: Apache-2.0

/// What a tenant may use. A job keeps the plan as it was at its submission: a later change of the catalog changes nothing
/// for it.
public struct Plan: Hashable, Codable, Sendable {
    /// Upper-case.
    public let name: String
    /// Pipeline runs a day (UTC), a month, and at one time.
    public let dailyLimit: Int
    public let monthlyLimit: Int
    public let concurrentLimit: Int
    /// Days from the onboarding until the trial ends; nil: it is no trial.
    public let trialDays: Int?

    public init(name: String, dailyLimit: Int, monthlyLimit: Int, concurrentLimit: Int, trialDays: Int? = nil) {
        self.name = name
        self.dailyLimit = dailyLimit
        self.monthlyLimit = monthlyLimit
        self.concurrentLimit = concurrentLimit
        self.trialDays = trialDays
    }

    enum CodingKeys: String, CodingKey {
        case name
        case dailyLimit = "daily_limit", monthlyLimit = "monthly_limit", concurrentLimit = "concurrent_limit"
        case trialDays = "trial_days"
    }
}
