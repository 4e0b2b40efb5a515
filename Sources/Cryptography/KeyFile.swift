// SPDX-License-Identifier: Apache-2.0
import Glibc

/// The file of the local master key: one line, `onboardd-key-v1:` and the key's 32 bytes in base64url; mode 0600.
///
/// It never makes a key where one was expected: the caller knows whether the store is new (`create`) or not (`load`).
public struct KeyFile: Sendable {
    public let path: String

    static let prefix = "onboardd-key-v1:"
    private static let versionlessPrefix = "onboardd-key-v"
    private static let characterCount = 43
    /// More than any version will need: the rest of a longer file is not read.
    private static let readLimitBytes = 256

    public init(path: String) {
        self.path = path
    }

    /// - Throws: `KeyFileError`: `.missing`, `.notRegular` (a symbolic link too), `.exposed`, `.unknownVersion`,
    ///   `.malformed`, `.inputOutput`.
    public func load() throws(KeyFileError) -> SymmetricKey {
        // O_NONBLOCK: a pipe in its place must be refused, not waited for.
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard file >= 0 else { throw openingError(errno) }
        defer { close(file) }
        try refuseUnlessPrivate(file)
        var content = try readAll(file)
        defer { wipe(&content) }
        return try key(in: content)
    }

    private func openingError(_ code: Int32) -> KeyFileError {
        switch code {
        case ENOENT: .missing(path)
        case ELOOP, ENXIO: .notRegular(path)
        default: .failed(path, "open it", kernelReason(code))
        }
    }

    private func refuseUnlessPrivate(_ file: Int32) throws(KeyFileError) {
        var status = stat()
        guard fstat(file, &status) == 0 else { throw .failed(path, "look at it", kernelReason(errno)) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notRegular(path) }
        guard status.st_mode & 0o077 == 0 else {
            throw .exposed(path, mode: String(status.st_mode & 0o7777, radix: 8))
        }
    }

    private func readAll(_ file: Int32) throws(KeyFileError) -> [UInt8] {
        var content = [UInt8](repeating: 0, count: Self.readLimitBytes), count = 0
        while count < content.count {
            let got = content.withUnsafeMutableBytes { read(file, $0.baseAddress.map { $0 + count }, $0.count - count) }
            if got == 0 { break }
            guard got > 0 || errno == EINTR else { throw .failed(path, "read it", kernelReason(errno)) }
            count += max(got, 0)
        }
        content.removeSubrange(count...)
        return content
    }

    private func key(in content: [UInt8]) throws(KeyFileError) -> SymmetricKey {
        let line = content.last == UInt8(ascii: "\n") ? content.dropLast() : content[...]
        guard line.starts(with: Self.prefix.utf8) else {
            throw line.starts(with: Self.versionlessPrefix.utf8) ? .unknownVersion(path) : .malformed(path)
        }
        let characters = line.dropFirst(Self.prefix.utf8.count)
        guard characters.count == Self.characterCount, var key = bytes(fromBase64URL: characters) else {
            throw .malformed(path)
        }
        do { return try SymmetricKey(taking: &key) } catch { throw .malformed(path) }
    }
}
