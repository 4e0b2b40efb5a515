// SPDX-License-Identifier: Apache-2.0
import CCurl

/// The transfers that libcurl holds, each answered exactly once. Lives on the loop's thread.
struct ActiveTransfers {
    private let multi: CurlMulti
    private var byHandle: [UnsafeMutableRawPointer: (transfer: Transfer, waiter: TransferLoop.Waiter)] = [:]
    private var handles: [ObjectIdentifier: (handle: UnsafeMutableRawPointer, ticket: TransferTicket)] = [:]

    init(_ multi: CurlMulti) {
        self.multi = multi
    }

    mutating func start(_ order: TransferOrder, ticket: TransferTicket, waiter: TransferLoop.Waiter) {
        do throws(HTTPClientError) {
            if ticket.isCancelled { throw .unsent(.cancelled, "\(order.name): cancelled") }
            let transfer = try Transfer(order, ticket: ticket)
            try multi.add(transfer.easy)
            byHandle[transfer.easy.handle] = (transfer, waiter)
            handles[ObjectIdentifier(ticket)] = (transfer.easy.handle, ticket)
        } catch {
            waiter.resume(returning: .failure(error))
        }
    }

    mutating func cancel(_ ticket: TransferTicket) {
        guard let (handle, _) = handles[ObjectIdentifier(ticket)] else { return }
        end(handle) { .failure($0.error(.cancelled, "cancelled")) }
    }

    mutating func finishDone() {
        while let (handle, result) = multi.nextDone() {
            end(handle) { $0.outcome(result) }
        }
    }

    mutating func fail(_ code: HTTPClientError.Code, _ reason: String) {
        for handle in Array(byHandle.keys) {
            end(handle) { .failure($0.error(code, reason)) }
        }
    }

    private mutating func end(
        _ handle: UnsafeMutableRawPointer, with outcome: (Transfer) -> Result<HTTPClientResponse, HTTPClientError>
    ) {
        guard let (transfer, waiter) = byHandle.removeValue(forKey: handle) else { return }
        handles[ObjectIdentifier(transfer.ticket)] = nil
        let outcome = outcome(transfer)
        multi.remove(transfer.easy)
        waiter.resume(returning: outcome)
    }
}
