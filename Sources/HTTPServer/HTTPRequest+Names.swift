// SPDX-License-Identifier: Apache-2.0

extension HTTPRequest {
    /// Whether there is a field whose name begins so, in any case.
    public func hasHeader(beginning prefix: String) -> Bool {
        let length = prefix.utf8.count
        return fields.fields.contains { field in
            field.name.count >= length
                && zip(fields.bytes[field.name], prefix.utf8).allSatisfy { $0.lowercasedASCII == $1.lowercasedASCII }
        }
    }
}
