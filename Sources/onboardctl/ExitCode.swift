// SPDX-License-Identifier: Apache-2.0

/// What scripts branch on.
enum ExitCode: Int32 {
    case done = 0
    /// The server refused, or the job did not succeed.
    case failed = 1
    case usage = 2
    case unreachable = 3
}
