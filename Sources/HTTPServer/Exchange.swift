// SPDX-License-Identifier: Apache-2.0
import CMicroHTTPD

/// One request and its answer, from the request line to `completed`. Used on the daemon's thread only.
final class Exchange {
    private enum Stage {
        case head
        case body(limit: Int)
        /// The body went over the limit: the rest is thrown away, because no answer can be queued before its end.
        case excess(limit: Int)
        /// No body is to come, so the refusal waits for the moment at which the connection can be kept.
        case refused(HTTPResponse)
        case waiting(PendingAnswer)
        case streaming(BodyStream)
        case answered
    }

    private let reception: Reception
    private let connection: Connection
    private let target: String
    private let targetLength: Int
    private let targetIsSound: Bool
    private var stage = Stage.head
    private var request: HTTPRequest?
    private var body: [UInt8] = []
    private var onDelivery: (@Sendable (Bool) -> Void)?
    /// The answer comes before the end of the request.
    private var leavesUnread = false

    init(_ reception: Reception, _ connection: Connection, target: UnsafePointer<CChar>) {
        self.reception = reception
        self.connection = connection
        let text = String(cString: target)
        self.target = text
        targetLength = text.utf8.count
        targetIsSound = text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }

    /// The library's access handler: first with the head, then with pieces of the body, last with none.
    func proceed(
        _ handle: OpaquePointer, _ method: UnsafePointer<CChar>, _ target: UnsafePointer<CChar>,
        _ version: UnsafePointer<CChar>, _ piece: UnsafeRawBufferPointer
    ) -> Bool {
        switch stage {
        case .head:
            return begin(handle, method, target, version)
        case .body(let limit) where !piece.isEmpty:
            take(piece, limit: limit)
            return true
        case .body:
            return respond(handle)
        case .excess(let limit):
            guard piece.isEmpty, let request else { return true }
            return send(reception.service.tooLarge(request, limit: limit), handle, closes: true)
        case .refused(let response):
            return send(response, handle)
        case .waiting(let answer):
            guard let response = answer.take() else { return true }
            return deliver(response, handle)
        case .streaming, .answered:
            return true
        }
    }

    func completed(whole: Bool) {
        switch stage {
        case .waiting(let answer): answer.abandon()?.onDelivery?(false)
        case .streaming(let stream):
            stream.close()
            onDelivery?(whole)
        case .answered: onDelivery?(whole)
        case .head, .body, .excess, .refused: break
        }
        if request != nil { reception.inFlight.leave() }
        if leavesUnread { reception.lingering.begin(connection.socket) }
        reception.awaitRequest(on: connection)
    }

    private func begin(
        _ handle: OpaquePointer, _ method: UnsafePointer<CChar>, _ target: UnsafePointer<CChar>,
        _ version: UnsafePointer<CChar>
    ) -> Bool {
        let head = RequestHead(
            handle, method: method, target: target, targetLength: targetLength, version: version,
            sizeLimit: reception.limits.headSize)
        let request = HTTPRequest(
            method: String(cString: method), target: self.target, fields: head.fields,
            id: RequestID.kept(from: head.fields), peer: connection.peer, framing: head.framing, body: [])
        self.request = request
        reception.inFlight.enter()
        if let defect = head.defect ?? (targetIsSound ? nil : .unsoundTarget) {
            return refuse(with: reception.service.malformed(request, defect), handle)
        }
        switch reception.service.admit(request) {
        case .refuse(let response):
            if request.framing != .none { return refuse(with: response, handle) }
            stage = .refused(response)
        case .accept(let limit):
            if case .length(let length) = request.framing {
                guard length <= UInt64(max(limit, 0)) else {
                    return refuse(with: reception.service.tooLarge(request, limit: limit), handle)
                }
                body.reserveCapacity(Int(length))
            }
            stage = .body(limit: limit)
        }
        return true
    }

    private func take(_ piece: UnsafeRawBufferPointer, limit: Int) {
        if piece.count > limit - body.count {
            body = []
            stage = .excess(limit: limit)
        } else {
            body.append(contentsOf: piece)
        }
    }

    private func respond(_ handle: OpaquePointer) -> Bool {
        guard var request else { return false }
        request.body = body
        body = []
        switch reception.service.respond(to: request) {
        case .now(let response): return send(response, handle)
        case .later(let work): return wait(for: work, request, handle)
        case .stream(let response, let write): return stream(response, write, isHead: request.isHead, handle)
        }
    }

    private func wait(
        for work: @escaping @Sendable () async -> HTTPResponse, _ request: HTTPRequest, _ handle: OpaquePointer
    ) -> Bool {
        let answer = PendingAnswer()
        let reception = reception
        let ticket = reception.suspended.suspend(ConnectionHandle(handle)) {
            _ = answer.give(reception.service.stopping(request))
        }
        guard let ticket else { return send(reception.service.stopping(request), handle) }
        reception.deadlines.clear(connection)
        stage = .waiting(answer)
        Task {
            let response = await work()
            if answer.give(response) {
                reception.suspended.resume(ticket)
            } else {
                response.onDelivery?(false)
            }
        }
        return true
    }

    /// Sends what was awaited. While the connection was suspended nobody looked at it, and the first bytes sent to a
    /// client that has closed count as sent.
    private func deliver(_ response: HTTPResponse, _ handle: OpaquePointer) -> Bool {
        guard connection.isAbandoned else { return send(response, handle) }
        stage = .answered
        onDelivery = response.onDelivery
        return false
    }

    private func stream(
        _ response: HTTPResponse, _ write: @escaping @Sendable (HTTPBodyWriter) async -> Void, isHead: Bool,
        _ handle: OpaquePointer
    ) -> Bool {
        let stream = BodyStream(
            reception.suspended, beginning: response.body, backlogLimit: reception.limits.streamBacklog)
        stage = .streaming(stream)
        onDelivery = response.onDelivery
        reception.deadlines.clear(connection)
        let closes = isHead || reception.isStopping
        guard ConnectionHandle(handle).queue(response, stream, id: id, closes: closes) else { return false }
        if isHead { return true }
        Task {
            await write(HTTPBodyWriter(stream: stream))
            stream.finish()
        }
        return true
    }

    /// Answers at once; the library then ends the connection.
    private func refuse(with response: HTTPResponse, _ handle: OpaquePointer) -> Bool {
        leavesUnread = true
        return send(response, handle, closes: true)
    }

    private var id: String { request?.id ?? RequestID.random() }

    private func send(_ response: HTTPResponse, _ handle: OpaquePointer, closes: Bool = false) -> Bool {
        stage = .answered
        onDelivery = response.onDelivery
        reception.awaitDelivery(on: connection)
        return ConnectionHandle(handle).queue(
            response, id: id, closes: closes || reception.isStopping)
    }
}

extension HTTPDefect {
    fileprivate static let unsoundTarget = HTTPDefect(
        code: .malformedHead, message: "the request target holds a byte that is not printable ASCII")
}
