// SPDX-License-Identifier: Apache-2.0

extension Route {
    static let onboard = Route(
        .post, "/api/v1/tenants/onboard", access: .submit, "Enqueues the onboarding of a tenant",
        body: .json(schema: "OnboardRequest"), headers: [.prefer, .idempotencyKey],
        responses: [
            .ok(202, "Submission", "the job is on disk", headers: ["Location", "Preference-Applied", "Idempotency-Replayed"]),
            .ok(200, "OnboardingResult", "it was done within the time that the client waited",
                headers: ["Location", "Preference-Applied", "Idempotency-Replayed"]),
        ],
        problems: [
            .malformedJSON, .lengthRequired, .bodyTooLarge, .unsupportedMediaType, .invalidRequest, .adminRequired, .tenantExists,
            .tenantBusy, .leftovers, .jobCancelled, .dryRunFailed, .onboardingFailed, .invalidIdempotencyKey, .idempotencyKeyReused,
            .queueFull, .storageFull,
        ]
    ) { api, call in
        .later { try await OnboardIntake(api: api, call: call).answer() }
    }
}
