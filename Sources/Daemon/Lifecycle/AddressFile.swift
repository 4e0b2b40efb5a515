// SPDX-License-Identifier: Apache-2.0
import Glibc

/// The file that tells scripts where the daemon answers; it is there while it does.
struct AddressFile: Sendable {
    let path: String

    /// Appears whole or not at all.
    func write(_ url: String) throws(DaemonError) {
        let draft = path + ".new"
        let line = url + "\n"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .system(draft) }
        let written = Glibc.write(descriptor, line, line.utf8.count)
        close(descriptor)
        guard written == line.utf8.count, rename(draft, path) == 0 else { throw .system(draft) }
    }

    func remove() { unlink(path) }
}
