// SPDX-License-Identifier: Apache-2.0
import JobQueue
import Logging
import Migrations
import SQLite
import TestSupport
import Testing
import Time
import Workflow

@Suite("A worker")
struct WorkerTests {
    private struct Bench {
        let folder: TemporaryFolder
        let store: JobStore
        let dispatcher: Dispatcher

        init(_ steps: [StepDefinition<String>]) async throws {
            folder = try TemporaryFolder()
            let path = folder.file("jobs.sqlite")
            _ = try Migrator().migrate(Connection(path: path, mode: .create))
            store = try await JobStore.open(path: path, bootID: "boot-1", limits: .init(), time: .system, random: .system)
            let workflow = try Workflow(
                kind: "test.work", steps: steps,
                decode: { input in
                    guard input != "unreadable" else { throw StepError(code: "unreadable", message: input, retry: .never) }
                    return input
                }, result: { _, _ in "{}" })
            let pool = WorkerPool(count: 2)
            let log = Logger(LogOutput(.text(descriptor: 1), level: .error, time: .system))
            let engine = try WorkflowEngine(
                store: store, breakers: BreakerBoard(policy: .init(), time: .system), executor: pool, time: .system,
                random: .system, log: log)
            dispatcher = Dispatcher(
                store: store, handlers: [WorkflowHandler(workflow, engine: engine)], limits: .init(inFlight: 8), executor: pool,
                time: .system, log: log)
        }

        func submit(_ input: String) async throws -> Receipt {
            try await store.submit(
                NewJob(
                    kind: "test.work", subject: nil, subjectKey: nil, isExclusive: false, submitter: "tester", input: input,
                    stepCount: 1))
        }

        func end(of job: Receipt) async throws -> JobSnapshot {
            let watch = store.changes.watch(job.seq)
            defer { store.changes.end(watch) }
            while true {
                let snapshot = try #require(try await store.snapshot(of: job.id))
                if snapshot.job.state.isEnded { return snapshot }
                await watch.changed(before: TimeSource.system.boot() + .seconds(30))
            }
        }

        func close() async throws {
            await dispatcher.stop(within: .zero)
            try await store.close()
        }
    }

    @Test("ends a job that can't be read, and goes on with the others")
    func unreadable() async throws {
        let bench = try await Bench([.plain("a")])
        try await bench.dispatcher.start()
        let broken = try await bench.submit("unreadable"), good = try await bench.submit("good")
        let ended = try await bench.end(of: broken)
        #expect(ended.job.state == .failed && ended.job.error?.contains("unreadable") == true && ended.job.leftovers == nil)
        #expect(try await bench.end(of: good).job.state == .succeeded)
        try await bench.close()
    }

    @Test("leaves on record what a job may have made that can't be read any more")
    func unreadableLeftovers() async throws {
        let bench = try await Bench([.plain("a")])
        let job = try await bench.submit("unreadable")
        _ = try await bench.store.change { connection in
            try connection.run(
                """
                INSERT INTO step (job_seq, name, state, attempt, failures, interruptions, spent_ms, begun, drawn)
                VALUES (?, 'a', 'running', 1, 0, 0, 0, 1, '{"number":1}')
                """, job.seq)
        }
        try await bench.dispatcher.start()
        #expect(try await bench.end(of: job).job.leftovers?.contains(#""step":"a""#) == true)
        try await bench.close()
    }

    @Test("whose outcome can't be written does not hold up the stop")
    func unwritable() async throws {
        let signal = AsyncStream.makeStream(of: Void.self)
        let bench = try await Bench([
            StepDefinition(UnwritableStep { signal.continuation.yield() }, phase: .onboard, policy: StepPolicy())
        ])
        try await bench.dispatcher.start()
        let job = try await bench.submit("good")
        for await _ in signal.stream { break }
        try await bench.close()
        #expect(bench.store.identity.epoch == 1 && job.state == .queued)
    }
}

/// Its effect always fails, as the store does on a full disk.
private struct UnwritableStep: StepWithoutTrace {
    let name = "unwritable"
    let tried: @Sendable () -> Void

    func run(_ attempt: StepAttempt<String>, _ drawn: Nothing) async throws -> StepResult {
        StepResult(effects: [{ [tried] connection in
            tried()
            try connection.run("INSERT INTO nowhere VALUES (1)")
        }])
    }
}
