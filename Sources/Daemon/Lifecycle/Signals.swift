// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Glibc

/// The signals that steer a daemon, as a stream: from its making on they no longer end the process.
public enum DaemonSignal: Sendable {
    case stop, reload

    public static func stream() -> AsyncStream<DaemonSignal> {
        // A reader that went away must not end the daemon.
        signal(SIGPIPE, SIG_IGN)
        let queue = DispatchQueue(label: "onboardd.signals")
        return AsyncStream { continuation in
            let sources = [(SIGTERM, DaemonSignal.stop), (SIGINT, .stop), (SIGHUP, .reload)].map { number, meaning in
                signal(number, SIG_IGN)
                let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
                source.setEventHandler { continuation.yield(meaning) }
                source.activate()
                return SignalSource(source)
            }
            continuation.onTermination = { _ in sources.forEach { $0.cancel() } }
        }
    }
}

/// Keeps a signal's source.
private final class SignalSource: @unchecked Sendable {
    // @unchecked because Dispatch sources may be cancelled from any thread (dispatch_source_cancel(3)); nothing else is done here.
    private let source: any DispatchSourceSignal

    init(_ source: any DispatchSourceSignal) { self.source = source }

    func cancel() { source.cancel() }
}
