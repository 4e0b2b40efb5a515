// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Whether this process is allowed to set the clock (CAP_SYS_TIME): tried by moving it by nothing.
let mayMoveClock = moveClock(microseconds: 0)

/// Sets the wall clock forward or back by less than a second, relative to where it is: the kernel tells every timer that
/// asked for it, and a move there and back leaves the clock as it was.
func moveClock(microseconds: Int) -> Bool {
    typealias Adjust = @convention(c) (UnsafeMutableRawPointer) -> Int32
    // adjtimex(2) is in no module that Swift can import; this is its structure on 64-bit Linux.
    guard let symbol = dlsym(nil, "adjtimex") else { return false }
    let setOffset: UInt32 = 0x0100  // ADJ_SETOFFSET
    var timex = [UInt64](repeating: 0, count: 26)
    timex.withUnsafeMutableBytes { bytes in
        bytes.storeBytes(of: setOffset, toByteOffset: 0, as: UInt32.self)
        bytes.storeBytes(of: microseconds < 0 ? -1 : 0, toByteOffset: 72, as: Int.self)
        bytes.storeBytes(of: microseconds < 0 ? 1_000_000 + microseconds : microseconds, toByteOffset: 80, as: Int.self)
    }
    return timex.withUnsafeMutableBytes { bytes in
        bytes.baseAddress.map { unsafeBitCast(symbol, to: Adjust.self)($0) >= 0 } ?? false
    }
}
