// SPDX-License-Identifier: Apache-2.0
import JobQueue

/// What a worker waits for while its steps run.
enum RunMessage<Input: Sendable>: Sendable {
    case finished(token: Int, RunProgress<Input>.Finish)
    case timedOut(token: Int)
    /// A pause is over.
    case wake
    case notice(RunControl.Notice)
}
