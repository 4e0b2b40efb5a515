// SPDX-License-Identifier: Apache-2.0
import CMicroHTTPD
import Glibc

/// The head as libmicrohttpd parsed it, checked against the bytes it parsed.
///
/// 0.9.75 ends names and values as C strings, takes a bare LF for a line's end, joins a folded line to the *name* before
/// it, and lets a space stand before the colon (its strict mode tests for that with the sign reversed). All of that could
/// make this server see other fields than a proxy before it. So each byte of the head must be accounted for: method,
/// target, version and fields lie one behind the other, with nothing but the separators between them. The library
/// has overwritten each separator with NUL and leaves the head where it was received.
struct RequestHead {
    private(set) var fields: HTTPFields
    private(set) var framing = HTTPBodyFraming.none
    private(set) var defect: HTTPDefect?

    private static let versionLength = 8
    private static let lineEnd = 2

    /// - Parameters:
    ///   - targetLength: bytes of the target up to the first NUL, before the library split its query.
    ///   - sizeLimit: bytes of a head that leaves room for the answer's head.
    init(
        _ connection: OpaquePointer, method: UnsafePointer<CChar>, target: UnsafePointer<CChar>, targetLength: Int,
        version: UnsafePointer<CChar>, sizeLimit: Int
    ) {
        let size = httpd_head_size(connection)
        guard let head = UnsafeRawBufferPointer(start: method, count: size).nonEmpty else {
            fields = HTTPFields([])
            defect = .malformed("the request's head can't be read")
            return
        }
        var walk = HeadWalk(head: head)
        let requestLine =
            walk.take(method, count: strlen(method)) && walk.skip(1)
            && walk.take(target, count: targetLength) && walk.skip(1) && walk.take(version, count: Self.versionLength)
        withUnsafeMutablePointer(to: &walk) { walk in
            _ = MHD_get_connection_values_n(
                connection, httpd_header_kind,
                { context, _, name, nameLength, value, valueLength in
                    guard let walk = context?.assumingMemoryBound(to: HeadWalk.self), let name else { return httpd_no }
                    walk.pointee.takeField(name, nameLength, value, valueLength)
                    return httpd_yes
                }, walk)
        }
        let whole = walk.isIntact && walk.skip(2 * Self.lineEnd) && walk.position == head.count
        fields = HTTPFields(bytes: Array(head), fields: walk.fields)
        if !requestLine || !head[..<strlen(method)].allSatisfy(\.isTokenCharacter) {
            defect = .malformed("the request line is not METHOD SP TARGET SP HTTP/1.1 CRLF")
        } else if !whole {
            defect = .malformed("a header line is not NAME: VALUE CRLF, or holds a NUL, or is folded")
        } else if let reason = Self.unsoundField(fields, version: version) {
            defect = .malformed(reason)
        } else if size > sizeLimit {
            defect = HTTPDefect(code: .headTooLarge, message: "the headers take more than \(sizeLimit) bytes")
        } else {
            readFraming(version: version)
        }
    }

    private static func unsoundField(_ fields: HTTPFields, version: UnsafePointer<CChar>) -> String? {
        for field in fields.fields {
            if field.name.isEmpty || !fields.bytes[field.name].allSatisfy(\.isTokenCharacter) {
                return "a header's name is empty or holds a character that none may hold"
            }
            if !fields.bytes[field.value].allSatisfy(\.isFieldValueCharacter) {
                return "a header's value holds a control character"
            }
        }
        switch fields.count(named: "Host") {
        case 0: return isHTTP10(version) ? nil : "there is no Host header"
        case 1: return nil
        default: return "there is more than one Host header"
        }
    }

    private static func isHTTP10(_ version: UnsafePointer<CChar>) -> Bool {
        strncmp(version, "HTTP/1.0", versionLength) == 0
    }

    /// RFC 9112, 6.3. The library took the first of each field.
    private mutating func readFraming(version: UnsafePointer<CChar>) {
        let length = fields.first(named: "Content-Length")
        let coding = fields.first(named: "Transfer-Encoding")
        if length == nil && coding == nil { return }
        if fields.count(named: "Content-Length") + fields.count(named: "Transfer-Encoding") > 1 {
            defect = HTTPDefect(
                code: .ambiguousLength, message: "there is more than one Content-Length or Transfer-Encoding header")
        } else if let length {
            framing = .length(UInt64(fields.value(length)) ?? .max)
        } else if let coding {
            if Self.isHTTP10(version) {
                defect = HTTPDefect(code: .ambiguousLength, message: "HTTP/1.0 knows no Transfer-Encoding")
            } else if fields.value(coding).lowercased() == "chunked" {
                framing = .chunked
            } else {
                defect = HTTPDefect(
                    code: .unknownTransferCoding, message: "the only transfer coding known here is chunked")
            }
        }
    }
}

/// Goes over the head from its first byte; `isIntact` turns false where something is not where it should be.
private struct HeadWalk {
    let head: UnsafeRawBufferPointer
    private(set) var position = 0
    private(set) var isIntact = true
    private(set) var fields: [HTTPFields.Field] = []

    init(head: UnsafeRawBufferPointer) {
        self.head = head
        fields.reserveCapacity(12)
    }

    /// Whether `text` begins at the present position; goes behind its end.
    mutating func take(_ text: UnsafePointer<CChar>, count: Int) -> Bool {
        let offset = UnsafeRawPointer(text) - UnsafeRawPointer(head.baseAddress ?? UnsafeRawPointer(text))
        guard isIntact, offset == position, count <= head.count - position else {
            isIntact = false
            return false
        }
        position += count
        return true
    }

    /// Goes over separators, which are NUL by now.
    mutating func skip(_ count: Int) -> Bool {
        guard isIntact, count <= head.count - position, head[position..<position + count].allSatisfy({ $0 == 0 }) else {
            isIntact = false
            return false
        }
        position += count
        return true
    }

    mutating func takeField(
        _ name: UnsafePointer<CChar>, _ nameLength: Int, _ value: UnsafePointer<CChar>?, _ valueLength: Int
    ) {
        guard let value, skip(2), take(name, count: nameLength), skip(1) else { return isIntact = false }
        let nameRange = position - 1 - nameLength..<position - 1
        skipBlanks()
        var end = position
        guard take(value, count: valueLength) else { return }
        let start = end
        end = position
        while end > start, head[end - 1] == 0x20 || head[end - 1] == 0x09 { end -= 1 }
        fields.append(HTTPFields.Field(name: nameRange, value: start..<end))
    }

    private mutating func skipBlanks() {
        while position < head.count, head[position] == 0x20 || head[position] == 0x09 { position += 1 }
    }
}

extension UnsafeRawBufferPointer {
    fileprivate var nonEmpty: UnsafeRawBufferPointer? { isEmpty ? nil : self }
}

extension HTTPDefect {
    fileprivate static func malformed(_ message: String) -> HTTPDefect {
        HTTPDefect(code: .malformedHead, message: message)
    }
}
