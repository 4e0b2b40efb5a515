// SPDX-License-Identifier: Apache-2.0

/// Colours of a terminal (ECMA-48, SGR), or none.
enum Style: Int, Sendable {
    case bold = 1, dim = 2, red = 31, green = 32, yellow = 33, blue = 34

    func on(_ text: String, if isRich: Bool) -> String {
        isRich && !text.isEmpty ? "\u{1B}[\(rawValue)m\(text)\u{1B}[0m" : text
    }

    /// The colour of a job's, a step's or a check's state.
    static func of(_ state: String) -> Style {
        switch state {
        case "succeeded", "PASSED", "ACTIVE": .green
        case "failed", "rollback_failed", "FAILED": .red
        case "retrying", "rolling_back", "rolled_back", "warning", "cancelled", "WARNING": .yellow
        case "running": .blue
        default: .dim
        }
    }
}

extension String {
    /// Without what could move the cursor or change the terminal: this text came from others.
    var printable: String {
        guard unicodeScalars.contains(where: Self.isControl) else { return self }
        return String(String.UnicodeScalarView(unicodeScalars.map { Self.isControl($0) ? "\u{FFFD}" : $0 }))
    }

    /// C0, DEL, C1, and the characters that turn the direction of writing.
    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069, 0x2028, 0x2029: true
        default: false
        }
    }

    /// At most `width` characters, the last one an ellipsis where something is missing.
    func clipped(to width: Int) -> String {
        count <= width ? self : String(prefix(max(0, width - 1))) + "…"
    }

    func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }

    func paddedLeft(to width: Int) -> String {
        String(repeating: " ", count: max(0, width - count)) + self
    }
}
