// SPDX-License-Identifier: Apache-2.0
import Glibc

extension YAMLDocument {
    /// Reads the file at `path`, which stands in errors as it is given. Blocks until it is read.
    public static func read(_ path: String) throws(YAMLError) -> YAMLNode {
        try parse(bytes(of: path), file: path)
    }

    private static func bytes(of path: String) throws(YAMLError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw unreadable(path) }
        defer { close(descriptor) }

        var bytes: [UInt8] = [], chunk = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= maxBytes {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw unreadable(path) }
            if count == 0 { return bytes }
            bytes += chunk[..<count]
        }
        throw tooLarge(path)
    }

    private static func unreadable(_ path: String) -> YAMLError {
        YAMLError(file: path, mark: nil, message: "cannot be read: \(String(cString: strerror(errno)))")
    }
}
