// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A terminal of a given width, of which the test reads the screen's side.
struct PseudoTerminal: Sendable {
    private let screen: Int32
    let programSide: FileHandle

    /// TIOCSPTLCK and TIOCGPTN (ioctl_tty(2)).
    private static let setLock: UInt = 0x4004_5431
    private static let getNumber: UInt = 0x8004_5430

    init(columns: UInt16) throws {
        // As posix_openpt, unlockpt and ptsname do it, which Glibc's module does not export.
        screen = open("/dev/ptmx", O_RDWR | O_NOCTTY)
        var (locked, number): (Int32, Int32) = (0, 0)
        guard screen >= 0, ioctl(screen, Self.setLock, &locked) == 0, ioctl(screen, Self.getNumber, &number) == 0 else {
            throw POSIXError(.ENODEV)
        }
        let program = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
        guard program >= 0 else { throw POSIXError(.ENODEV) }
        var size = winsize(ws_row: 40, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        guard ioctl(program, UInt(TIOCSWINSZ), &size) == 0 else { throw POSIXError(.ENODEV) }
        programSide = FileHandle(fileDescriptor: program, closeOnDealloc: false)
    }

    /// The last program side's closing ends `readAll`.
    func closeProgramSide() {
        close(programSide.fileDescriptor)
    }

    func readAll() async -> String {
        await withCheckedContinuation { continuation in
            Thread {
                var bytes: [UInt8] = []
                var buffer = [UInt8](repeating: 0, count: 4096)
                while case let count = read(screen, &buffer, buffer.count), count > 0 { bytes += buffer[..<count] }
                close(screen)
                continuation.resume(returning: String(decoding: bytes, as: UTF8.self))
            }.start()
        }
    }
}
