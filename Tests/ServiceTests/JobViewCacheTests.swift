// SPDX-License-Identifier: Apache-2.0
import JobQueue
import Testing

@testable import Service

struct JobViewCacheTests {
    private func view(_ seq: Int64, version: Int64 = 1, bytes: Int = 10) throws -> JobView {
        let hex = String(seq, radix: 16)
        let id = try #require(JobID("job_" + String(repeating: "0", count: 32 - hex.count) + hex))
        return JobView(
            id: id, seq: seq, state: .queued, version: version, body: [UInt8](repeating: 0, count: bytes), dueAt: nil, freshUntil: nil)
    }

    @Test("what was kept is there until its job changes")
    func dropped() throws {
        let cache = JobViewCache(bytes: 1_000)
        let view = try view(1)
        cache.keep(view, cache.ticket())
        #expect(cache.view(view.id)?.version == 1)
        cache.drop([2, 3])
        #expect(cache.view(view.id) != nil)
        cache.drop([1])
        #expect(cache.view(view.id) == nil)
    }

    @Test("what was read before a change is not kept after it", arguments: [1, 4_095, 4_096, 10_000])
    func overtaken(otherChanges: Int) throws {
        let cache = JobViewCache(bytes: 1_000)
        cache.drop(Array(repeating: 7, count: 3_000))
        let ticket = cache.ticket()
        cache.drop([1])
        cache.drop(Array(repeating: 7, count: otherChanges))
        cache.keep(try view(1), ticket)
        #expect(cache.view(try view(1).id) == nil)
    }

    @Test("changes of other jobs don't keep a view out, as long as all of them are known")
    func others() throws {
        let cache = JobViewCache(bytes: 1_000)
        let ticket = cache.ticket()
        cache.drop(Array(repeating: 7, count: 4_096))
        cache.keep(try view(1), ticket)
        #expect(cache.view(try view(1).id) != nil)
    }

    @Test("it holds no more bytes than it may, and what is used stays")
    func bounded() throws {
        let cache = JobViewCache(bytes: 1_000)
        let used = try view(1, bytes: 100)
        cache.keep(used, cache.ticket())
        for seq: Int64 in 2...200 {
            cache.keep(try view(seq, bytes: 100), cache.ticket())
            #expect(cache.view(used.id) != nil)
        }
        let kept = try (1...200).filter { cache.view(try view($0).id) != nil }.count
        #expect(kept <= 12)
    }
}
