// SPDX-License-Identifier: Apache-2.0

/// What libcurl's callbacks do. An answer other than the number of bytes handed over ends the transfer.
extension Transfer {
    func giveBody(to buffer: UnsafeMutablePointer<CChar>?, capacity: Int) -> Int {
        let body = order.request.body ?? []
        let count = min(capacity, body.count - sentBytes)
        UnsafeMutableRawBufferPointer(start: buffer, count: capacity).copyBytes(from: body[sentBytes..<sentBytes + count])
        sentBytes += count
        return count
    }

    func take(_ bytes: UnsafeRawBufferPointer, header: Bool) -> Int {
        header ? takeHeaderLine(bytes) : takeBody(bytes)
    }

    private func takeBody(_ bytes: UnsafeRawBufferPointer) -> Int {
        let limit = order.request.responseLimitBytes
        guard body.count + bytes.count <= limit else {
            overLimit = "the answer's body is over \(limit) bytes"
            return 0
        }
        body.append(contentsOf: bytes)
        return bytes.count
    }

    private func takeHeaderLine(_ bytes: UnsafeRawBufferPointer) -> Int {
        headerBytes += bytes.count
        guard headerBytes <= Self.headerLimitBytes else {
            overLimit = "the answer's headers are over \(Self.headerLimitBytes) bytes"
            return 0
        }
        let line = String(decoding: bytes, as: UTF8.self)
        if line.hasPrefix("HTTP/") {
            headers = [:]  // a final answer after a 1xx
        } else if let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")) {
            let value = line[line.utf8.index(after: colon)...]
            headers.add(String(line[..<colon]), String(value.trimmingWhitespace))
        }
        return bytes.count
    }
}

extension Substring {
    fileprivate var trimmingWhitespace: Substring {
        var rest = self
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return rest
    }
}
