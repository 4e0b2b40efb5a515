// SPDX-License-Identifier: Apache-2.0

/// A path's template: `/api/v1/jobs/{id}`.
public struct RoutePath: Sendable, CustomStringConvertible {
    enum Segment: Sendable {
        case literal(String)
        case parameter(String)
    }

    public let description: String
    let segments: [Segment]

    init(_ template: String) {
        description = template
        segments = template.split(separator: "/").map { segment in
            segment.hasPrefix("{") && segment.hasSuffix("}") ? .parameter(String(segment.dropFirst().dropLast())) : .literal(String(segment))
        }
    }

    /// The names of its parameters, in order.
    public var parameters: [String] {
        segments.compactMap { if case .parameter(let name) = $0 { name } else { nil } }
    }

    var isLiteral: Bool { parameters.isEmpty }

    /// The parameters' values in order, nil where the path is another one.
    func match(_ path: [String]) -> [String]? {
        guard path.count == segments.count else { return nil }
        var values: [String] = []
        for (segment, text) in zip(segments, path) {
            switch segment {
            case .literal(let literal): if literal != text { return nil }
            case .parameter:
                if text.isEmpty { return nil }
                values.append(text)
            }
        }
        return values
    }
}
