// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import Glibc

/// The figures of one run.
struct Report {
    struct Figure: Codable {
        let value: Double
        let unit: String
        let limit: Double?
        let ratio: Double?
    }

    private struct Document: Encodable {
        let hardware: String
        let durability: String
        let figures: [String: Figure]

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Key.self)
            for (name, figure) in figures { try container.encode(figure, forKey: Key(name)) }
            try container.encode(hardware, forKey: Key("hardware"))
            try container.encode(durability, forKey: Key("durability"))
        }
    }

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(_ name: String) { stringValue = name }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    private let hardware: String
    private let durability: String
    private var rows: [(name: String, figure: Figure, note: String)] = []

    init(hardware: String, durability: String) {
        self.hardware = hardware
        self.durability = durability
    }

    mutating func add(_ name: String, _ value: Double, _ unit: String, limit: Double?, note: String) {
        rows.append((name, Figure(value: value, unit: unit, limit: limit, ratio: limit.map { value / $0 }), note))
    }

    var table: String {
        let lines = rows.map { name, figure, note in
            let limit = figure.limit.map { rounded($0) } ?? "-"
            let ratio = figure.ratio.map { rounded($0) } ?? "-"
            return [pad(name, 22), pad(rounded(figure.value) + " " + figure.unit, 16), pad(limit, 12), pad(ratio, 10), note].joined()
        }
        return ([hardware, durability, "", [pad("figure", 22), pad("value", 16), pad("limit", 12), pad("ratio", 10)].joined()] + lines)
            .joined(separator: "\n")
    }

    var json: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            let figures = Dictionary(uniqueKeysWithValues: rows.map { ($0.name, $0.figure) })
            return String(decoding: try encoder.encode(Document(hardware: hardware, durability: durability, figures: figures)), as: UTF8.self)
        }
    }

    private func pad(_ text: String, _ width: Int) -> String { text + String(repeating: " ", count: max(width - text.count, 1)) }

    private func rounded(_ value: Double) -> String {
        let scaled = (value * 100).rounded() / 100
        return "\(scaled)"
    }
}

enum Hardware {
    static var description: String {
        let model = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8))?
            .split(separator: "\n").first { $0.hasPrefix("model name") }?.split(separator: ":").last
        return "\(sysconf(Int32(_SC_NPROCESSORS_ONLN))) x \(model.map { $0.drop { $0 == " " } } ?? "unknown processor")"
    }
}
