// SPDX-License-Identifier: Apache-2.0
import JobQueue
import Testing

@Suite("The tables of states")
struct StateTableTests {
    /// The diagram: state, event, next state. What is not in it is refused.
    private static let jobs: Set<String> = [
        "queued claimed running", "queued cancelledUntouched cancelled", "queued cancelAsked rolling_back",
        "running finished succeeded", "running failedForNow retrying", "running failedForGood rolling_back",
        "running leaseExpired queued", "running handedBack queued", "running cancelAsked rolling_back",
        "retrying claimed running", "retrying timeOver rolling_back", "retrying cancelledUntouched cancelled",
        "retrying cancelAsked rolling_back",
        "rolling_back claimed rolling_back", "rolling_back leaseExpired rolling_back", "rolling_back handedBack rolling_back",
        "rolling_back failedForNow rolling_back", "rolling_back undone failed", "rolling_back undoneOnRequest cancelled",
        "failed resumed queued",
    ]

    @Test("a job moves only along its diagram", arguments: JobState.allCases, JobState.Event.allCases)
    func job(state: JobState, event: JobState.Event) {
        let next = state.after(event)
        let moves = Self.jobs.filter { $0.hasPrefix("\(state.rawValue) \(event.rawValue) ") }
        #expect(moves == Set(next.map { ["\(state.rawValue) \(event.rawValue) \($0.rawValue)"] } ?? []))
    }

    @Test("what has succeeded or was cancelled stays so; what failed can only be resumed")
    func ends() {
        for state in JobState.allCases where state.isEnded {
            let moves = JobState.Event.allCases.filter { state.after($0) != nil }
            #expect(moves == (state == .failed ? [.resumed] : []))
        }
    }

    private static let steps: Set<String> = [
        "pending began running", "pending passedOver skipped", "pending undoBegan rolling_back",
        "running began running", "running done succeeded", "running failedForNow retrying", "running failedForGood failed",
        "running failedWithoutBlocking warning", "running handedBack pending", "running passedOver skipped",
        "running undoBegan rolling_back",
        "retrying began running", "retrying failedForGood failed", "retrying failedWithoutBlocking warning",
        "retrying passedOver skipped", "retrying undoBegan rolling_back",
        "succeeded undoBegan rolling_back", "succeeded reset pending", "failed undoBegan rolling_back", "failed reset pending",
        "skipped reset pending", "warning undoBegan rolling_back", "warning reset pending",
        "rolling_back undoBegan rolling_back", "rolling_back undone rolled_back",
        "rolling_back undoFailedForGood rollback_failed", "rolled_back reset pending",
        "rollback_failed undoBegan rolling_back",
    ]

    @Test("a step moves only along its diagram", arguments: StepState.allCases, StepState.Event.allCases)
    func step(state: StepState, event: StepState.Event) {
        let next = state.after(event)
        let moves = Self.steps.filter { $0.hasPrefix("\(state.rawValue) \(event.rawValue) ") }
        #expect(moves == Set(next.map { ["\(state.rawValue) \(event.rawValue) \($0.rawValue)"] } ?? []))
    }
}
