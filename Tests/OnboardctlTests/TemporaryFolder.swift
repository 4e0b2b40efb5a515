// SPDX-License-Identifier: Apache-2.0
import Foundation

struct TemporaryFolder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("onboardctl-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    func file(_ name: String) -> URL {
        url.appendingPathComponent(name)
    }

    func write(_ name: String, _ text: String) throws -> String {
        try text.write(to: file(name), atomically: false, encoding: .utf8)
        return file(name).path
    }

    func open(_ file: URL) throws -> FileHandle {
        try Data().write(to: file)
        return try FileHandle(forWritingTo: file)
    }

    func remove() {
        try? FileManager.default.removeItem(at: url)
    }
}
