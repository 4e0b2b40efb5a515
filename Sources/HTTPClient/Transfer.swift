// SPDX-License-Identifier: Apache-2.0

/// One request on its way, and what has come back. Lives on the loop's thread; libcurl's callbacks point at it, so it
/// must stay in ``ActiveTransfers`` until its handle is removed.
final class Transfer {
    let easy: CurlEasy
    let order: TransferOrder
    let ticket: TransferTicket

    /// How much of the body libcurl has taken.
    var sentBytes = 0
    var headers: HTTPClientHeaders = [:]
    var headerBytes = 0
    var body: [UInt8] = []
    /// Which limit made a callback end the transfer.
    var overLimit: String?

    static let headerLimitBytes = 64 << 10

    init(_ order: TransferOrder, ticket: TransferTicket) throws(HTTPClientError) {
        self.order = order
        self.ticket = ticket
        easy = try CurlEasy()
        try easy.set(HeaderList(order.request))
        try setTarget()
        try setBounds()
        try setMethod()
        try setReceivers()
    }
}
