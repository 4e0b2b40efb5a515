// SPDX-License-Identifier: Apache-2.0
import Glibc

/// The random UUID that the kernel drew when the machine was started: boot times of another id mean nothing now.
/// - Throws: `TimeError` `.bootIDUnreadable`.
public func currentBootID() throws(TimeError) -> String {
    try bootID(at: "/proc/sys/kernel/random/boot_id")
}

func bootID(at path: String) throws(TimeError) -> String {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .unreadable(path, kernelReason(errno)) }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = read(file, &bytes, bytes.count)
    guard count >= 0 else { throw .unreadable(path, kernelReason(errno)) }
    let id = String(decoding: bytes.prefix(count).prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    guard id.utf8.count == 36 else { throw .unreadable(path, "it holds no UUID") }
    return id
}

extension TimeError {
    fileprivate static func unreadable(_ path: String, _ reason: String) -> TimeError {
        TimeError(.bootIDUnreadable, "cannot read this boot's id from \(path): \(reason); /proc must be mounted and readable")
    }
}
