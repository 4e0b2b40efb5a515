// SPDX-License-Identifier: Apache-2.0

/// A request target taken apart (RFC 9112, 3.2): origin-form, absolute-form or `*`.
struct RequestTarget {
    let authority: String?
    let path: String
    /// What follows the first `?`; nil without one.
    let query: Substring?

    init(_ target: String) {
        var rest = target[...]
        var authority: String?
        if !target.utf8.starts(with: "/".utf8), let scheme = Self.lengthOfScheme(target) {
            rest = rest.dropFirst(scheme)
            let end = rest.utf8.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") } ?? rest.endIndex
            authority = String(rest[..<end])
            rest = rest[end...]
        }
        self.authority = authority
        if let mark = rest.utf8.firstIndex(of: UInt8(ascii: "?")) {
            path = authority != nil && mark == rest.startIndex ? "/" : String(rest[..<mark])
            query = rest[rest.utf8.index(after: mark)...]
        } else {
            path = authority != nil && rest.isEmpty ? "/" : String(rest)
            query = nil
        }
    }

    private static func lengthOfScheme(_ target: String) -> Int? {
        for scheme in ["http://", "https://"] where target.utf8.count > scheme.utf8.count {
            if zip(target.utf8, scheme.utf8).allSatisfy({ $0.lowercasedASCII == $1 }) { return scheme.utf8.count }
        }
        return nil
    }
}

extension HTTPRequest {
    /// The path's segments, percent-decoded: `/a/b%20c` is `["a", "b c"]`, `/` is empty, `/a/` is `["a", ""]`. nil when an
    /// escape is broken, the bytes are not UTF-8 or hold a NUL, or the path does not begin with `/`. A segment may hold
    /// a decoded `/` or be `..`: it is a name, never a part of a file's path. Decoded anew at each call.
    public var pathSegments: [String]? {
        guard path.utf8.first == UInt8(ascii: "/") else { return nil }
        if path.utf8.count == 1 { return [] }
        var segments: [String] = []
        for piece in path.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            guard let segment = decoded(piece, plusIsSpace: false) else { return nil }
            segments.append(segment)
        }
        return segments
    }

    /// The query's pairs in order, decoded as forms are (`+` is a space; WHATWG URL, 5.1); `[]` without a query. nil when
    /// an escape is broken or the bytes are not UTF-8 or hold a NUL. Decoded anew at each call.
    public var query: [(name: String, value: String)]? {
        guard let query = RequestTarget(target).query else { return [] }
        var pairs: [(name: String, value: String)] = []
        for piece in query.utf8.split(separator: UInt8(ascii: "&")) {
            let equals = piece.firstIndex(of: UInt8(ascii: "=")) ?? piece.endIndex
            guard let name = decoded(piece[..<equals], plusIsSpace: true),
                let value = decoded(piece[equals...].dropFirst(), plusIsSpace: true)
            else { return nil }
            pairs.append((name, value))
        }
        return pairs
    }
}

private func decoded(_ text: some Sequence<UInt8>, plusIsSpace: Bool) -> String? {
    var bytes: [UInt8] = []
    var rest = text.makeIterator()
    while let byte = rest.next() {
        switch byte {
        case UInt8(ascii: "%"):
            guard let high = rest.next()?.hexDigitValue, let low = rest.next()?.hexDigitValue else { return nil }
            bytes.append(high << 4 | low)
        case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
        default: bytes.append(byte)
        }
    }
    return bytes.contains(0) ? nil : String(validating: bytes, as: UTF8.self)
}

extension UInt8 {
    fileprivate var hexDigitValue: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
