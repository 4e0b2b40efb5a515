// SPDX-License-Identifier: Apache-2.0
import JSON
import JobQueue
import Onboarding
import SQLite
import Warehouse

extension Problem {
    /// What an error of the storeys below means to a client; nil for one that nobody foresaw.
    init?(known error: any Error) {
        switch error {
        case let refusal as SubmissionRefusal: self.init(refusal)
        case let refusal as TenantRefusal: self.init(refusal)
        case let refusal as OnboardRefusal: self.init(refusal)
        case let refusal as RequestError: self.init(refusal)
        case let error as StoreError:
            guard let problem = Problem(error) else { return nil }
            self = problem
        case let error as WarehouseError: self.init(error)
        case let error as SQLiteError:
            guard let problem = Problem(error) else { return nil }
            self = problem
        case let error as WriterError:
            self = error.code == .closed
                ? Problem(.stopping, "the job store is closed")
                : Problem(.storageUnavailable, "nothing is acknowledged until the job store is safely on disk again")
        default: return nil
        }
    }

    init(_ refusal: SubmissionRefusal) {
        switch refusal {
        case .subjectBusy(let job): self = .job(job, .tenantBusy, "job \(job) changes this tenant now")
        case .leftovers(let job): self = .job(job, .leftovers, "job \(job) left something behind that holds this tenant id")
        case .idempotencyKeyReused(let job):
            self = .job(job, .idempotencyKeyReused, "this Idempotency-Key enqueued job \(job), with another body")
        case .queueFull(let limit): self.init(.queueFull, "\(limit) jobs wait or run already, which is the limit")
        }
    }

    init(_ refusal: TenantRefusal) {
        switch refusal {
        case .exists(let tenantID):
            self = Problem(.tenantExists, "tenant \(tenantID) exists")
                .with(["tenant_id": .string(tenantID), "tenant_url": .string(Links.tenant(tenantID))])
        case .beingReconciled(let tenantID):
            self = Problem(.tenantBusy, "a reconciliation is clearing up behind tenant \(tenantID): ask again in a moment")
                .with(header: "Retry-After", "5")
        }
    }

    private init(_ refusal: OnboardRefusal) {
        switch refusal {
        case .invalid(let error): self.init(error)
        case .adminRequired(let fields):
            self.init(.adminRequired, "\(fields.joined(separator: " and ")) may only be set by an admin, who needs a token")
        }
    }

    private init(_ error: RequestError) {
        let first = error.errors.first.map { "field \($0.field): \($0.message)" } ?? "the request can't be taken as it is"
        self = Problem(.invalidRequest, first)
            .with(error.errors.map { .init(field: $0.field, code: $0.code.rawValue, message: $0.message) })
    }

    private init?(_ error: StoreError) {
        switch error {
        case .noSuchJob: self = .noJob("of this id")
        case .tooLate(let job, let state):
            self = .job(job, .tooLate, "job \(job) is \(state.rawValue) and can't be cancelled any more")
        case .notFailed(let job, let state): self = .job(job, .notFailed, "job \(job) is \(state.rawValue)")
        case .staleClaim, .cancelRequested, .refusedMove, .unreadable: return nil
        }
    }

    private init?(_ error: SQLiteError) {
        if error.isFull || error.isReadOnly {
            self.init(.storageFull, "the disk under the job store takes nothing more")
        } else if error.isIOError || error.isCorrupt || error.isBusy || error.isOutOfMemory || error.code == .cannotOpen {
            self.init(.storageUnavailable, "the job store can't be read or written")
        } else {
            return nil
        }
    }

    private init(_ error: WarehouseError) {
        let code: ProblemCode = switch error.code {
        case .notFound: .noView
        case .invalidQuery: .invalidQuery
        case .queryLimit: .queryLimit
        case .notSupported: .notSupported
        case .storageFull: .storageFull
        case .duplicate, .datasetExists, .notBootstrapped, .foreignInstance, .schemaMismatch, .accessDenied, .quotaExceeded,
            .deadlineExceeded, .corrupt, .unavailable: .warehouseUnavailable
        }
        self.init(code, error.message)
        if case .after(let pause) = error.retry { headers.append(("Retry-After", String(max(1, pause.components.seconds)))) }
    }

    /// A problem with a job in it.
    static func job(_ job: JobID, _ code: ProblemCode, _ detail: String) -> Problem {
        Problem(code, detail).with(["job_id": .string(job.text), "job_url": .string(Links.job(job))])
    }
}
