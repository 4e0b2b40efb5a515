// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Puts events out, one by one. It blocks as long as the receiver does.
struct LogWriter: ~Copyable {
    private let form: Form
    private let descriptor: Int32
    private let journal: DatagramSocket?
    private var journalIsLost = false

    private enum Form { case json, text }

    init(_ destination: LogDestination) {
        switch destination {
        case .json(let descriptor):
            form = .json
            self.descriptor = descriptor
            journal = nil
        case .text(let descriptor):
            form = .text
            self.descriptor = descriptor
            journal = nil
        case .journal(let path, let fallback):
            form = .json
            descriptor = fallback
            journal = DatagramSocket(path: path)
        }
    }

    /// False when the event is lost: nobody took it.
    mutating func write(_ event: LogEvent) -> Bool {
        sendToJournal(event) || writeLine(event)
    }

    private mutating func sendToJournal(_ event: LogEvent) -> Bool {
        let failure = journal?.send(LogLine.fitting(event) { $0.journalDatagram })
        guard let failure else { return false }
        guard failure != 0 else {
            journalIsLost = false
            return true
        }
        if !journalIsLost {
            journalIsLost = true
            _ = writeLine(LogEvent(
                time: event.time, level: .warning, name: "log.journal_lost",
                message: "the journal takes no events; they go to stderr until it does", fields: [LogField("errno", failure)]))
        }
        return false
    }

    private func writeLine(_ event: LogEvent) -> Bool {
        writeAll(LogLine.fitting(event) { form == .json ? $0.json : $0.text })
    }

    private func writeAll(_ bytes: [UInt8]) -> Bool {
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                written += count
            } else if errno == EAGAIN {
                var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                poll(&ready, 1, -1)
            } else if errno != EINTR {
                return false
            }
        }
        return true
    }
}
