// SPDX-License-Identifier: Apache-2.0

extension ProblemCode {
    struct Entry {
        let status: Int
        let title: String
        let fix: String

        init(_ status: Int, _ title: String, _ fix: String) {
            self.status = status
            self.title = title
            self.fix = fix
        }
    }

    var entry: Entry {
        switch self {
        case .malformedRequest, .malformedPath, .malformedJSON, .bodyNotAllowed, .lengthRequired, .bodyTooLarge,
            .unsupportedMediaType, .headTooLarge, .unknownTransferCoding: ofTheMessage
        case .foreignOrigin, .tokensRequired, .adminRequired, .misdirected, .noSuchRoute, .methodNotAllowed, .notAcceptable: ofTheAddress
        case .noSuchJob, .notFailed, .tooLate, .jobCancelled, .noAPIKey, .notActivated, .apiKeyGone: ofTheJob
        case .noSuchTenant, .noView, .tenantExists, .tenantBusy, .leftovers: ofTheTenant
        case .invalidRequest, .invalidParameter, .invalidIdempotencyKey, .idempotencyKeyReused, .dryRunFailed, .invalidQuery,
            .queryLimit: ofTheContent
        case .notSupported, .onboardingFailed, .queueFull, .stopping, .storageFull, .storageUnavailable, .dryRunsBusy, .queriesBusy,
            .warehouseUnavailable, .notReady, .unexpected: ofTheServer
        }
    }

    private var ofTheMessage: Entry {
        switch self {
        case .malformedPath: Entry(400, "The path can't be read", "Escape with % and two hexadecimal digits, as UTF-8, without NUL.")
        case .malformedJSON: Entry(400, "The body is not one JSON object", "Send one JSON object in UTF-8: no member twice, at most 16 levels deep.")
        case .bodyNotAllowed: Entry(400, "This route takes no body", "Send the request without a body.")
        case .lengthRequired: Entry(411, "The body's length is missing", "Send Content-Length; chunked bodies are not taken.")
        case .bodyTooLarge: Entry(413, "The body is too large", "Send fewer bytes; the limit is limits.body_bytes.")
        case .unsupportedMediaType: Entry(415, "The body is not application/json", "Send Content-Type: application/json, not compressed.")
        case .headTooLarge: Entry(431, "The request's headers are too large", "Send fewer or shorter headers.")
        case .unknownTransferCoding: Entry(501, "The transfer coding is unknown", "Send Content-Length and no Transfer-Encoding.")
        default: Entry(400, "The request breaks HTTP's rules", "Look at the client, or at the proxy before this server.")
        }
    }

    private var ofTheAddress: Entry {
        switch self {
        case .foreignOrigin: Entry(403, "The request comes from another site", "Call this server from a program or from its own pages.")
        case .tokensRequired: Entry(403, "This needs tokens, and none are set up", "Connect to this server directly, from its own machine.")
        case .adminRequired: Entry(403, "This needs an admin's token", "Leave the force flags out, or set up tokens and use an admin's.")
        case .misdirected: Entry(421, "The request is for another host", "Use a loopback name, or add the name to listen.hosts.")
        case .methodNotAllowed: Entry(405, "The route doesn't know this method", "Use one of the methods in the header Allow.")
        case .notAcceptable: Entry(406, "Only JSON can be answered", "Send Accept: application/json, or none.")
        default: Entry(404, "There is no such route", "Look at the path; the routes are in the README.")
        }
    }

    private var ofTheJob: Entry {
        switch self {
        case .notFailed: Entry(409, "The job has not failed", "Only a failed job can be retried: look at its state.")
        case .tooLate: Entry(409, "The job can't be cancelled any more", "Wait for its end; then, where the tenant is active, offboard it.")
        case .jobCancelled: Entry(409, "The job was cancelled", "Submit it again.")
        case .noAPIKey: Entry(404, "The job makes no API key", "Ask the job that onboarded the tenant or rotated its key.")
        case .notActivated: Entry(409, "The tenant is not active yet", "Wait until the job's step activate_tenant has succeeded.")
        case .apiKeyGone: Entry(410, "The API key can't be shown any more", "It is shown once, within 24 hours of activation.")
        default: Entry(404, "There is no such job", "Look at the id; ended jobs are kept for retention.days.")
        }
    }

    private var ofTheTenant: Entry {
        switch self {
        case .noView: Entry(404, "The tenant has no dataset to read", "Wait for the end of its onboarding, or look at the job's steps.")
        case .tenantExists: Entry(409, "The tenant exists", "Choose another id; ids that differ only in case are the same.")
        case .tenantBusy: Entry(409, "Another job changes this tenant", "Wait for the end of that job, or cancel it.")
        case .leftovers: Entry(409, "A former job left something behind", "Retry that job, or run onboardd reconcile --fix.")
        default: Entry(404, "There is no such tenant", "Look at the id, or list the tenants.")
        }
    }

    private var ofTheContent: Entry {
        switch self {
        case .invalidParameter: Entry(422, "A query parameter is not right", "Correct the parameters named in errors.")
        case .invalidIdempotencyKey: Entry(422, "The Idempotency-Key can't be used", "Send one of 1 to 255 printable ASCII characters.")
        case .idempotencyKeyReused: Entry(422, "The Idempotency-Key was used with another body", "Use a new key for a new request.")
        case .dryRunFailed: Entry(422, "The dry-run's checks refused the tenant", "Correct what validation_results names, and submit again.")
        case .invalidQuery: Entry(422, "The query was refused", "Send one SELECT on the tenant's own tables and views.")
        case .queryLimit: Entry(422, "The query needs too much", "Ask for less: 2 seconds and 1 MiB are allowed.")
        default: Entry(422, "The request's content is not right", "Correct the fields named in errors.")
        }
    }

    private var ofTheServer: Entry {
        switch self {
        case .notSupported: Entry(501, "This warehouse can't do that", "Use the warehouse's own tools.")
        case .onboardingFailed: Entry(502, "The onboarding failed", "Look at the job's error and failures; retry it when the cause is gone.")
        case .queueFull: Entry(503, "The queue is full", "Try again later; the limit is limits.queue_depth.")
        case .stopping: Entry(503, "The server is stopping", "Try again in a moment.")
        case .storageFull: Entry(503, "The server's disk is full or read-only", "Free space on the disk of state.directory.")
        case .storageUnavailable: Entry(503, "The server's storage fails", "Look at the server's log and its disk.")
        case .queriesBusy: Entry(503, "Too many queries at once", "Try again in a moment.")
        case .dryRunsBusy: Entry(503, "Too many dry-runs at once", "Try again in a moment; the limit is limits.dryruns.")
        case .warehouseUnavailable: Entry(503, "The warehouse doesn't answer", "Try again later.")
        case .notReady: Entry(503, "The server is not ready", "See reasons.")
        default: Entry(503, "Something unexpected went wrong", "Look for the request's id in the server's log.")
        }
    }
}
