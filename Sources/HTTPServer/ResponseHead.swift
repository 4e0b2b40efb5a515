// SPDX-License-Identifier: Apache-2.0

/// The fields that go out with a response: the service's that are sound, the request id, and `Connection: close`.
struct ResponseHead {
    private let fields: [(String, String)]

    init(_ response: HTTPResponse, id: String, closes: Bool) {
        var fields = response.headers.filter(Self.isSound)
        if !fields.contains(where: { Self.isSame($0.0, RequestID.field) }) { fields.append((RequestID.field, id)) }
        if closes || response.closesConnection { fields.append(("Connection", "close")) }
        self.fields = fields
    }

    func write(_ add: (UnsafePointer<CChar>, UnsafePointer<CChar>) -> Void) {
        for (name, value) in fields { add(name, value) }
    }

    /// Their values follow from the body, the connection and the clock.
    private static let own = ["content-length", "transfer-encoding", "connection", "date", "keep-alive"]

    private static func isSound(_ name: String, _ value: String) -> Bool {
        !name.isEmpty && name.utf8.allSatisfy(\.isTokenCharacter) && value.utf8.allSatisfy(\.isFieldValueCharacter)
            && !own.contains { isSame($0, name) }
    }

    private static func isSame(_ a: String, _ b: String) -> Bool {
        a.utf8.count == b.utf8.count && zip(a.utf8, b.utf8).allSatisfy { $0.lowercasedASCII == $1.lowercasedASCII }
    }
}
