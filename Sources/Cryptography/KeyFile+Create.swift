// SPDX-License-Identifier: Apache-2.0
import Glibc

extension KeyFile {
    /// Draws a key and writes it down for good: when this returns, a power cut can't take it away. Makes the file's
    /// folder (0700) if only that is missing. Of two that create at once, one gets `.exists`.
    /// - Throws: `KeyFileError` `.exists`, `.inputOutput`.
    public func create(random: RandomSource) throws(KeyFileError) -> SymmetricKey {
        let key = SymmetricKey(random: random)
        try makeFolder()
        // In the same folder, under a name that a crash may leave behind without blocking the next try.
        let draft = folder + "/.key-" + hex(random.bytes(8))
        do {
            try write(key, to: draft)
            try publish(draft)
        } catch {
            unlink(draft)
            throw error
        }
        unlink(draft)
        try sync(folder)
        return key
    }

    private var folder: String { parent(of: path) }

    private func makeFolder() throws(KeyFileError) {
        if mkdir(folder, 0o700) == 0 { return try sync(parent(of: folder)) }
        guard errno == EEXIST else { throw .failed(path, "make its folder", kernelReason(errno)) }
    }

    private func write(_ key: SymmetricKey, to draft: String) throws(KeyFileError) {
        let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw .failed(path, "create a file beside it", kernelReason(errno)) }
        defer { close(file) }
        var line = key.withBytes { Array(Self.prefix.utf8) + base64URLCharacters($0) + [UInt8(ascii: "\n")] }
        defer { wipe(&line) }
        // One write: a line this short is written whole or, on a full disk, not at all.
        guard Glibc.write(file, line, line.count) == line.count else {
            throw .failed(path, "write it", kernelReason(errno))
        }
        guard fsync(file) == 0 else { throw .failed(path, "sync it to disk", kernelReason(errno)) }
    }

    /// link(2) is a rename that never replaces, on every file system that has links.
    private func publish(_ draft: String) throws(KeyFileError) {
        guard link(draft, path) != 0 else { return }
        throw errno == EEXIST ? .exists(path) : .failed(path, "give it its name", kernelReason(errno))
    }

    private func sync(_ folder: String) throws(KeyFileError) {
        let directory = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { throw .failed(path, "open its folder", kernelReason(errno)) }
        defer { close(directory) }
        guard fsync(directory) == 0 else { throw .failed(path, "sync its folder to disk", kernelReason(errno)) }
    }
}

private func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
}

/// The kernel's words for `errno`, in any thread.
func kernelReason(_ code: Int32) -> String {
    var text = [CChar](repeating: 0, count: 128)
    guard strerror_r(code, &text, text.count) == 0 else { return "errno \(code)" }
    return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
}
