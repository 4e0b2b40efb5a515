// SPDX-License-Identifier: Apache-2.0
import Testing
import Settings

@Suite("An address to listen on") struct ListenAddressTests {
    @Test("is written as it is read, and knows who can reach it", arguments: [
        ("127.0.0.1:8080", ListenAddress.ip(host: "127.0.0.1", port: 8080), true), ("127.9.9.9:0", .ip(host: "127.9.9.9", port: 0), true),
        ("[::1]:65535", .ip(host: "::1", port: 65_535), true), ("unix:/run/a.sock", .unix(path: "/run/a.sock"), true),
        ("0.0.0.0:80", .ip(host: "0.0.0.0", port: 80), false), ("[::]:80", .ip(host: "::", port: 80), false),
        ("[fe80::1]:80", .ip(host: "fe80::1", port: 80), false), ("[127::1]:80", .ip(host: "127::1", port: 80), false),
        ("[::ffff:127.0.0.1]:80", .ip(host: "::ffff:127.0.0.1", port: 80), false),
    ])
    func forms(text: String, address: ListenAddress, isLocal: Bool) throws {
        #expect(try Bakery.read(nil, flags: ["--counter": text]).counter == address)
        #expect("\(address)" == text)
        #expect(address.isLocal == isLocal)
    }
}
