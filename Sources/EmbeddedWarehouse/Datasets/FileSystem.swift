// SPDX-License-Identifier: Apache-2.0
import CLinux
import Glibc

/// A system call on a path that failed.
struct FileError: Error, CustomStringConvertible {
    let call: String
    let path: String
    /// errno
    let number: Int32

    var description: String { "\(call) \(path): \(String(cString: strerror(number)))" }
}

/// The few calls on files that a dataset's life needs. All block.
enum FileSystem {
    /// Makes a directory for its owner alone, unless it is there.
    static func makeDirectory(_ path: String) throws(FileError) {
        guard mkdir(path, 0o700) != 0, errno != EEXIST else { return }
        throw FileError(call: "mkdir", path: path, number: errno)
    }

    /// Makes a new file with these bytes, on disk when this returns. A failure leaves no file.
    static func write(_ bytes: [UInt8], toNewFile path: String) throws(FileError) {
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw FileError(call: "open", path: path, number: errno) }
        var failure = writeAll(bytes, to: file, path: path)
        if failure == nil, fsync(file) != 0 { failure = FileError(call: "fsync", path: path, number: errno) }
        if close(file) != 0, failure == nil { failure = FileError(call: "close", path: path, number: errno) }
        guard let failure else { return }
        unlink(path)
        throw failure
    }

    /// Gives a file its final name. Of two at the same time, one wins.
    /// - Returns: false if something of that name is there; then nothing was moved.
    static func renameWithoutReplacing(_ path: String, to target: String) throws(FileError) -> Bool {
        let number = onboardd_rename_noreplace(path, target)
        switch number {
        case 0: return true
        case EEXIST: return false
        default: throw FileError(call: "rename to \(target)", path: path, number: number)
        }
    }

    /// - Returns: false if there was none.
    @discardableResult
    static func remove(_ path: String) throws(FileError) -> Bool {
        guard unlink(path) != 0 else { return true }
        guard errno == ENOENT else { throw FileError(call: "unlink", path: path, number: errno) }
        return false
    }

    static func exists(_ path: String) throws(FileError) -> Bool {
        var status = stat()
        guard lstat(path, &status) != 0 else { return true }
        guard errno == ENOENT || errno == ENOTDIR else { throw FileError(call: "lstat", path: path, number: errno) }
        return false
    }

    /// Returns when the names in it are on disk.
    static func syncDirectory(_ path: String) throws(FileError) {
        let directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { throw FileError(call: "open", path: path, number: errno) }
        defer { close(directory) }
        guard fsync(directory) == 0 else { throw FileError(call: "fsync", path: path, number: errno) }
    }

    /// The names in it, without `.` and `..`, in no order.
    static func names(in path: String) throws(FileError) -> [String] {
        guard let directory = opendir(path) else { throw FileError(call: "opendir", path: path, number: errno) }
        defer { closedir(directory) }
        var names: [String] = []
        errno = 0
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { start in
                start.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        guard errno == 0 else { throw FileError(call: "readdir", path: path, number: errno) }
        return names
    }

    private static func writeAll(_ bytes: [UInt8], to file: Int32, path: String) -> FileError? {
        bytes.withUnsafeBytes { buffer in
            var written = 0
            while written < buffer.count {
                let count = Glibc.write(file, buffer.baseAddress?.advanced(by: written), buffer.count - written)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return FileError(call: "write", path: path, number: errno) }
                written += count
            }
            return nil
        }
    }
}
