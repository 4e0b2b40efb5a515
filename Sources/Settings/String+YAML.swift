// SPDX-License-Identifier: Apache-2.0
import YAML

extension String {
    /// A scalar that YAML reads as this text: bare where nothing in it has a meaning, else in single quotes.
    ///
    /// Only for texts without control characters.
    var asYAML: String {
        let isBare = utf8.allSatisfy(Self.isBare) && last != ":" && first != "-"
            && YAMLScalar(plain: self)?.value == .string(self)
        return isBare ? self : "'" + split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
    }

    private static func isBare(_ byte: UInt8) -> Bool {
        switch Unicode.Scalar(byte) {
        case "a"..."z", "A"..."Z", "0"..."9", ".", "/", ":", "_", "-": true
        default: false
        }
    }
}
