// SPDX-License-Identifier: Apache-2.0
import JSON
import Testing

@Suite("bad input")
struct BadInputTests {
    @Test("each gets its status, its code and its field, on a connection that stays usable; never a 500")
    func answers() async throws {
        let daemon = try await DaemonProcess.start(try Home())
        #expect(try await daemon.client.onboardFully("acme_corp").status == 200)
        #expect(try await daemon.client.onboardFully("neighbour").status == 200)
        let url = daemon.url
        for input in BadInput.all {
            let (answer, isUsable) = try await blocking {
                let connection = try RawConnection(url)
                try connection.send(input.bytes)
                let answer = try connection.answer(toHead: input.isHead)
                return (answer, connection.answersAfterwards())
            }
            guard let answer else {
                Issue.record("\(input.name): no answer")
                continue
            }
            #expect(answer.status == input.status, "\(input.name): \(answer.text)")
            #expect(isUsable != input.ends, "\(input.name): the connection afterwards")
            Self.expectProblem(answer, input)
        }
        #expect(try await daemon.client.get("/health/ready").status == 200)
        #expect(try await daemon.client.onboardFully("still_works").status == 200)
        try expectOnboardedOnce(daemon.home, ["acme_corp", "neighbour", "still_works"])
        #expect(try await daemon.stop() == 0)
        #expect(await !daemon.process.errorLines.whole().contains("api.unexpected"))
    }

    private static func expectProblem(_ answer: Answer, _ input: BadInput) {
        guard let code = input.code, !input.isHead else { return }
        #expect(answer["Content-Type"] == "application/problem+json", "\(input.name)")
        #expect(answer.code == code, "\(input.name): \(answer.text)")
        #expect(answer.json["status"] == .integer(Int64(input.status)), "\(input.name)")
        #expect(answer.json["type"] == .string("urn:onboardd:error:\(code)"), "\(input.name)")
        #expect(answer.json["title"].text?.isEmpty == false && answer.json["detail"].text?.isEmpty == false, "\(input.name)")
        #expect(answer.json["instance"] == .string("urn:onboardd:request:\(answer["X-Request-Id"] ?? "none")"), "\(input.name)")
        if input.status == 405 { #expect(answer["Allow"] != nil, "\(input.name)") }
        guard let field = input.field else { return }
        #expect(answer.json["errors"].list.contains { $0["field"] == .string(field) && $0["code"].text != nil }, "\(input.name): \(answer.text)")
    }
}

extension RawConnection {
    /// Whether the connection takes another request: one that was ended breaks off sending or answers nothing.
    fileprivate func answersAfterwards() -> Bool {
        do {
            try send("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8)
            return try answer()?.status == 200
        } catch {
            return false
        }
    }
}
