// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Synchronization

/// The thread of a client: takes what its mailbox holds, lets libcurl work, hands out what is done, and sleeps in
/// `curl_multi_poll` until a socket, a libcurl timer or the mailbox wakes it.
final class TransferLoop: Sendable {
    typealias Waiter = CheckedContinuation<Result<HTTPClientResponse, HTTPClientError>, Never>

    private struct Submission {
        let order: TransferOrder
        let ticket: TransferTicket
        let waiter: Waiter
    }

    private struct Mailbox {
        var isOpen = true
        var submissions: [Submission] = []
        var cancellations: [TransferTicket] = []
    }

    private let multi: CurlMulti
    private let mailbox = Mutex(Mailbox())

    /// - Throws: `HTTPClientError` `.unavailable`.
    init() throws(HTTPClientError) {
        // A serial queue whose only block never returns until the client closes: a thread of our own.
        let queue = DispatchQueue(label: "onboardd.http-client")
        multi = try CurlMulti(queue: queue)
        queue.async { self.run() }
    }

    func submit(_ order: TransferOrder, ticket: TransferTicket, waiter: Waiter) {
        let submission = Submission(order: order, ticket: ticket, waiter: waiter)
        let accepted = mailbox.withLock { mailbox in
            if mailbox.isOpen { mailbox.submissions.append(submission) }
            return mailbox.isOpen
        }
        guard accepted else {
            waiter.resume(returning: .failure(.unsent(.cancelled, "\(order.name): the HTTP client is closed")))
            return
        }
        multi.wake()
    }

    func cancel(_ ticket: TransferTicket) {
        ticket.cancel()
        mailbox.withLock { mailbox in
            if mailbox.isOpen { mailbox.cancellations.append(ticket) }
        }
        multi.wake()
    }

    func close() {
        mailbox.withLock { $0.isOpen = false }
        multi.wake()
    }

    private func run() {
        var active = ActiveTransfers(multi)
        var isSound = true
        while isSound, let mail = takeMail() {
            for submission in mail.submissions {
                active.start(submission.order, ticket: submission.ticket, waiter: submission.waiter)
            }
            for ticket in mail.cancellations {
                active.cancel(ticket)
            }
            isSound = multi.perform()
            active.finishDone()
            isSound = isSound && multi.waitForWork()
        }
        let code: HTTPClientError.Code = isSound ? .cancelled : .unavailable
        let reason = isSound ? "the HTTP client was closed" : "libcurl cannot go on: no memory or no descriptors"
        active.fail(code, reason)
        for submission in closeMailbox() {
            submission.waiter.resume(returning: .failure(.unsent(code, "\(submission.order.name): \(reason)")))
        }
    }

    /// `nil` once the client is closed.
    private func takeMail() -> (submissions: [Submission], cancellations: [TransferTicket])? {
        mailbox.withLock { mailbox in
            guard mailbox.isOpen else { return nil }
            defer { (mailbox.submissions, mailbox.cancellations) = ([], []) }
            return (mailbox.submissions, mailbox.cancellations)
        }
    }

    private func closeMailbox() -> [Submission] {
        mailbox.withLock { mailbox in
            mailbox.isOpen = false
            defer { (mailbox.submissions, mailbox.cancellations) = ([], []) }
            return mailbox.submissions
        }
    }
}
