// SPDX-License-Identifier: Apache-2.0
import CLinux
import Dispatch
import Glibc
import Synchronization

/// One timerfd(2) for absolute times, read on a queue.
final class TimerDescriptor: Sendable {
    private let queue: DispatchQueue
    private let wake: @Sendable () -> Void
    private let flags: Int32
    /// Nil once closed. The lock keeps `set` off a descriptor that `close` has given back.
    private let open: Mutex<OpenTimer?>

    private struct OpenTimer {
        let descriptor: Int32
        let source: any DispatchSourceRead
    }

    init(clock: clockid_t, queue: DispatchQueue, wake: @escaping @Sendable () -> Void) throws(TimeError) {
        let descriptor = timerfd_create(clock, Int32(TFD_NONBLOCK | TFD_CLOEXEC))
        guard descriptor >= 0 else {
            throw TimeError(.timerUnavailable, "cannot make a timer: \(kernelReason(errno)); raise LimitNOFILE")
        }
        self.queue = queue
        self.wake = wake
        flags = Int32(clock == CLOCK_REALTIME ? TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET : TFD_TIMER_ABSTIME)
        let source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
        source.setEventHandler { if TimerDescriptor.hasFired(descriptor) { wake() } }
        source.setCancelHandler { _ = Glibc.close(descriptor) }
        source.activate()
        open = Mutex(OpenTimer(descriptor: descriptor, source: source))
    }

    deinit { close() }

    /// Arms it for an absolute time of its clock, at once if that is past; nil disarms it.
    func set(milliseconds: Int64?) {
        let clockWasSet = open.withLock { timer in
            guard let timer else { return false }
            var setting = itimerspec()
            if let milliseconds { setting.it_value = timespec(milliseconds: milliseconds) }
            if timerfd_settime(timer.descriptor, flags, &setting, nil) == 0 { return false }
            // ECANCELED: the timer is armed, and the clock was set since it was armed last (timerfd_create(2)).
            precondition(errno == ECANCELED, "timerfd_settime: \(kernelReason(errno))")
            return true
        }
        if clockWasSet { queue.async(execute: wake) }
    }

    func close() {
        open.withLock { timer in
            timer?.source.cancel()
            timer = nil
        }
    }

    /// Whether it has expired, or the clock was set (ECANCELED); not if it was set anew before this read.
    private static func hasFired(_ descriptor: Int32) -> Bool {
        var expirations: UInt64 = 0
        return read(descriptor, &expirations, MemoryLayout<UInt64>.size) > 0 || errno == ECANCELED
    }
}

extension timespec {
    /// Never zero, which would disarm a timer, nor negative, which the kernel refuses.
    fileprivate init(milliseconds: Int64) {
        let positive = max(milliseconds, 1)
        self.init(tv_sec: Int(positive / 1_000), tv_nsec: Int(positive % 1_000) * 1_000_000)
    }
}
