// SPDX-License-Identifier: Apache-2.0
import CommandTable
import Glibc

/// A file named on the command line; `-` is standard input.
struct InputFile {
    let path: String

    /// - Throws: `UsageError` when it cannot be read whole within the limit.
    func bytes(limitBytes: Int) throws(UsageError) -> [UInt8] {
        let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw cannotRead() }
        defer { if descriptor != STDIN_FILENO { close(descriptor) } }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16 << 10)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw cannotRead() }
            guard count > 0 else { return bytes }
            bytes += buffer[..<count]
            guard bytes.count <= limitBytes else { throw UsageError("\(path) is over \(limitBytes) bytes") }
        }
    }

    func text(limitBytes: Int) throws(UsageError) -> String {
        String(decoding: try bytes(limitBytes: limitBytes), as: UTF8.self)
    }

    private func cannotRead() -> UsageError {
        UsageError("cannot read \(path): \(String(cString: strerror(errno)))")
    }
}
