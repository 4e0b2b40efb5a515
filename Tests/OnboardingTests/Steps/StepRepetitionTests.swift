// SPDX-License-Identifier: Apache-2.0
import Testing
import Warehouse
import Workflow

@testable import Onboarding

@Suite("A step of an onboarding")
struct StepRepetitionTests {
    /// Those that have something to take back; what the others make goes with the dataset.
    static let undoable = [
        "reserve_tenant", "create_subscription", "create_usage_quota", "create_dataset", "issue_api_key", "activate_tenant",
    ]

    @Test("done twice with the same drawn values ends in the same state", arguments: OnboardingWorkflow.stepNames)
    func twice(name: String) async throws {
        try await Site.with { site in
            let trial = try await StepTrial(of: name, on: "acme_corp", at: site)
            let first = try await trial.run()
            let once = try site.traces()
            site.clock.pass(.seconds(5))
            let second = try await trial.run()
            #expect(try site.traces() == once)
            // A dry-run says when it ran.
            if name != DryRunStep.name { #expect(first.output == second.output) }
        }
    }

    @Test("undone leaves all as it was, however often it is undone", arguments: undoable)
    func undone(name: String) async throws {
        try await Site.with { site in
            try await site.onboardNeighbour()
            let trial = try await StepTrial(of: name, on: "acme_corp", at: site)
            let before = try site.traces()
            site.clock.pass(.seconds(5))
            try await trial.run()
            #expect(try site.traces() != before)
            for _ in 1...2 {
                try await trial.undo()
                #expect(try site.traces() == before)
            }
        }
    }

    @Test("undone without having run changes nothing", arguments: undoable)
    func neverRun(name: String) async throws {
        try await Site.with { site in
            try await site.onboardNeighbour()
            let trial = try await StepTrial(of: name, on: "acme_corp", at: site)
            let before = try site.traces()
            try await trial.undo()
            #expect(try site.traces() == before)
        }
    }

    @Test("done again after its undo ends as if it had been done once", arguments: undoable)
    func doneAgain(name: String) async throws {
        try await Site.with { site in
            let trial = try await StepTrial(of: name, on: "acme_corp", at: site)
            try await trial.run()
            let once = try site.traces()
            try await trial.undo()
            try await trial.run()
            #expect(try site.traces() == once)
        }
    }

    @Test("leaves another's dataset of the same name alone, run or undone")
    func anothersDataset() async throws {
        try await Site.with { site in
            let trial = try await StepTrial(of: CreateDataset.name, on: "acme_corp", at: site)
            try await site.makeDataset("Acme_Corp")
            let before = try site.traces()
            let error = await #expect(throws: StepError.self) { try await trial.run() }
            #expect(error?.code == "dataset_exists" && error?.retry == .never)
            try await trial.undo()
            #expect(try site.traces() == before)
        }
    }

    @Test("leaves another's profile of the same id alone, run or undone")
    func anothersProfile() async throws {
        try await Site.with { site in
            let trial = try await StepTrial(of: ReserveTenant.name, on: "acme_corp", at: site)
            site.clock.pass(.seconds(1))
            try await site.insertProfile("Acme_Corp")
            let before = try site.traces()
            let error = await #expect(throws: StepError.self) { try await trial.run() }
            #expect(error?.code == "tenant_exists" && error?.retry == .never)
            try await trial.undo()
            #expect(try site.traces() == before)
        }
    }

    @Test("finds a tenant that only the store has, and writes nothing beside it")
    func anothersReservation() async throws {
        try await Site.with { site in
            let trial = try await StepTrial(of: ReserveTenant.name, on: "acme_corp", at: site)
            let adopted = Tenant(
                seq: 0, tenantID: "Acme_Corp", companyName: "Acme", adminEmail: "admin@acme.com", status: .active,
                plan: trial.job.input.plan, trialEndDate: nil, dataset: "Acme_Corp", jobID: nil, submitter: nil,
                createdAt: site.clock.wall, activatedAt: site.clock.wall, updatedAt: site.clock.wall)
            try await site.store.change { try TenantStore.insert(adopted, $0) }
            let before = try site.traces()
            let error = await #expect(throws: StepError.self) { try await trial.run() }
            #expect(error?.code == "tenant_exists" && error?.message.contains("Acme_Corp") == true)
            try await trial.undo()
            #expect(try site.traces() == before)
        }
    }

    @Test("that takes back the dataset takes its table and its view with it")
    func dataset() async throws {
        try await Site.with { site in
            let trial = try await StepTrial(of: CreateDataset.name, on: "acme_corp", at: site)
            try await trial.run()
            let claim = try CreateDataset.claim(of: trial.job)
            try await site.warehouse.createValidationTable(in: claim, until: site.soon)
            try await site.warehouse.createComprehensiveView(in: claim, until: site.soon)
            try await trial.undo()
            #expect(try await site.warehouse.dataset(of: "acme_corp", until: site.soon) == .absent(id: "acme_corp"))
        }
    }

    @Test("that runs the trial pipeline touches no quota")
    func quota() async throws {
        try await Site.with { site in
            let trial = try await StepTrial(of: VerifyPipeline.name, on: "acme_corp", at: site)
            func quotas() async throws -> [CentralRow] {
                try await site.warehouse.rows(in: CentralSchema.usageQuotas, of: "acme_corp", until: site.soon)
            }
            let before = try await quotas()
            try await trial.run()
            #expect(before.count == 1)
            #expect(try await quotas() == before)
        }
    }
}
