// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing
import JSON

@Suite("Whatever comes") struct JSONRobustnessTests {
    static let request = Array(#"""
        {"tenant_id": "acme_corp", "company_name": "Acmé \"Corp\" \ud83d\ude00", "admin_email": "admin@acme.com", "priority": 5,
         "force_recreate_dataset": false, "confirm_dataset": null, "rates": [1, -2.5e3, 0.125, [], {}], "a": {"b": {"c": [true]}}}
        """#.utf8)

    @Test("no beginning of a text passes for the whole") func prefixes() throws {
        _ = try JSONScanner.scan(Self.request)
        for length in 0..<Self.request.count {
            let error = refusal(of: Array(Self.request.prefix(length)))
            #expect(error != nil, "\(length) bytes")
            #expect((error?.offset ?? .max) <= length)
        }
    }

    @Test("a damaged text is refused, or read as another parser reads it", arguments: UInt64(1)...8)
    func mutations(seed: UInt64) throws {
        var chance = SplitMix64(state: seed)
        for _ in 0..<2_500 {
            let damaged = Self.damage(Self.request, with: &chance)
            guard let value = try? JSONScanner.scan(damaged) else { continue }
            let data = Data(damaged)
            #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed) }
            let again = try JSONScanner.scan(Array(JSONEncoder().encode(value)))
            #expect(again.sorted == value.sorted, "seed \(seed): \(String(decoding: damaged, as: UTF8.self))")
        }
    }

    @Test("bytes without any order do no harm", arguments: UInt64(100)...103)
    func noise(seed: UInt64) {
        var chance = SplitMix64(state: seed)
        let alphabet = Array("{}[]\",:\\u0d8e-+.1tfn \u{0}\u{FF}".utf8) + [0xC3, 0xED, 0xFF]
        for _ in 0..<5_000 {
            let bytes = (0..<Int.random(in: 0...40, using: &chance)).map { _ in alphabet[Int.random(in: alphabet.indices, using: &chance)] }
            if let error = refusal(of: bytes) { #expect(0...bytes.count ~= error.offset) }
        }
    }

    static func damage(_ text: [UInt8], with chance: inout SplitMix64) -> [UInt8] {
        var bytes = text
        for _ in 0...Int.random(in: 0...2, using: &chance) {
            let place = Int.random(in: bytes.indices, using: &chance)
            switch Int.random(in: 0...3, using: &chance) {
            case 0: bytes[place] = UInt8.random(in: .min ... .max, using: &chance)
            case 1: bytes.remove(at: place)
            case 2: bytes.insert(bytes[Int.random(in: bytes.indices, using: &chance)], at: place)
            default: bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &chance)
            }
        }
        return bytes
    }
}

/// Steele, Lea, Flood: Fast splittable pseudorandom number generators (2014).
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension JSONValue {
    /// The same, whatever the order of members and the notation of whole numbers.
    var sorted: String {
        switch self {
        case .object(let object):
            "{" + object.map { "\(Array($0.name.utf8)): \($0.value.sorted)" }.sorted().joined(separator: ",") + "}"
        case .array(let elements): "[" + elements.map(\.sorted).joined(separator: ",") + "]"
        case .number(let value): value.magnitude < 1e15 && value.rounded() == value ? "\(Int64(value))" : "\(value)"
        case .integer(let value): value.magnitude < 1_000_000_000_000_000 ? "\(value)" : "\(Double(value))"
        case .string(let text): "\(Array(text.utf8))"
        case .bool(let value): "\(value)"
        case .null: "null"
        }
    }
}
