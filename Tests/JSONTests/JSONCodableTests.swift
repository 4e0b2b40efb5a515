// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing
import JSON

@Suite("A value in our own data") struct JSONCodableTests {
    struct Answer: Codable, Equatable {
        let jobID: String
        let result: JSONValue
    }

    @Test("is written and read back with all its members", arguments: [
        "null", "true", "false", "-3", "9223372036854775807", "1.5", "\"a\\u0000\\\"é\"", "[]", "{}", #"[1,"a",null,[2.5,{"x":[]}]]"#,
        #"{"a":1,"b":{"c":[true,{"d":null}]},"z":"text"}"#,
    ])
    func roundTrip(text: String) throws {
        let answer = Answer(jobID: "job_1", result: try scan(text))
        let encoded = try JSONEncoder().encode(answer)
        #expect(try JSONDecoder().decode(Answer.self, from: encoded) == answer)
    }

    @Test("comes back with its members sorted by name") func sorted() throws {
        let value = try JSONDecoder().decode(JSONValue.self, from: Data(#"{"b":1,"c":2,"a":3}"#.utf8))
        guard case .object(let object) = value else { return #expect(Bool(false)) }
        #expect(object.names == ["a", "b", "c"])
    }

    @Test("that is too large for a double is refused here too") func outOfRange() {
        #expect(throws: (any Error).self) { try JSONDecoder().decode(JSONValue.self, from: Data("[1e400]".utf8)) }
    }
}
