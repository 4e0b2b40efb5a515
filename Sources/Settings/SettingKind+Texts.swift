// SPDX-License-Identifier: Apache-2.0

extension SettingKind where Value == String {
    public static var text: Self { text(expects: "a text") }

    /// A path of this machine; a relative one counts from the working directory. Whether it exists shows when it is used.
    public static var path: Self { text(expects: "a path") }

    /// A name or an IPv4 address, without a port. Read in lower case, as such names are compared.
    public static var hostName: Self {
        let text = text(expects: "a host name")
        return Self(
            expects: text.expects,
            parse: { written throws(SettingRefusal) in
                let name = try text.parse(written).lowercased()
                guard name.utf8.allSatisfy(isInHostName) else {
                    throw SettingRefusal(
                        "`\(written)` is not a host name", instead: "write the name alone, without scheme and port")
                }
                return name
            },
            write: text.write)
    }

    private static func text(expects: String) -> Self {
        Self(
            expects: expects,
            parse: { text throws(SettingRefusal) in
                if text.isEmpty { throw SettingRefusal("the text is empty") }
                if text.utf8.contains(where: { $0 < 0x20 }) { throw SettingRefusal("the text holds a control character") }
                return text
            },
            write: { $0.asYAML })
    }

    private static func isInHostName(_ byte: UInt8) -> Bool {
        switch Unicode.Scalar(byte) {
        case "a"..."z", "0"..."9", "-", ".", "_": true
        default: false
        }
    }
}

extension SettingKind where Value: CaseIterable & RawRepresentable<String> {
    /// - Parameter unavailable: names that are known, but not to this version.
    public static func choice(of _: Value.Type, unavailable: [String] = []) -> Self {
        let names = Value.allCases.map(\.rawValue)
        return Self(
            expects: names.count == 1 ? names[0] : "one of " + names.joined(separator: ", "),
            parse: { text throws(SettingRefusal) in
                if let value = Value(rawValue: text) { return value }
                throw SettingRefusal(
                    unavailable.contains(text) ? "`\(text)` is not available in this version" : "there is no `\(text)`")
            },
            write: { $0.rawValue })
    }
}

extension SettingKind {
    /// `[a, b]`; in a variable or a flag `a,b`.
    ///
    /// - Parameter items: in the plural, what stands in it.
    public static func list<Element>(of element: SettingKind<Element>, _ items: String) -> Self where Value == [Element] {
        Self(
            expects: "a list of \(items), [a, b], in a variable a,b", notation: .list,
            parse: { text throws(SettingRefusal) in
                var elements: [Element] = []
                for part in text.split(separator: ",") { elements.append(try element.parse(part.trimmed)) }
                return elements
            },
            write: { "[" + $0.map(element.write).joined(separator: ", ") + "]" })
    }
}

extension Substring {
    /// Without spaces at either end.
    fileprivate var trimmed: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
