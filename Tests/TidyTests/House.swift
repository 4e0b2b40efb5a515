// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The repository's own files, read.
struct House {
    struct File {
        let path: String
        let target: String
        let lines: [String]

        var imports: Set<String> {
            Set(lines.filter { $0.hasPrefix("import ") }.map { String($0.dropFirst("import ".count)) })
        }

        /// Without comments.
        var code: [String] { lines.filter { !$0.hasPrefix("//") } }
    }

    let sources: [File]
    let tests: [File]
    private let root: String

    init(here: String = #filePath) throws {
        root = URL(filePath: here).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
        sources = try Self.files(in: root + "/Sources")
        tests = try Self.files(in: root + "/Tests")
    }

    func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: root + "/" + path) }

    func names(in folder: String) throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: root + "/" + folder) }

    private static func files(in folder: String) throws -> [File] {
        try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.hasSuffix(".swift") }.map { path in
            let text = try String(contentsOfFile: folder + "/" + path, encoding: .utf8)
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.trimmingCharacters(in: .whitespaces) }
            return File(path: folder + "/" + path, target: String(path.split(separator: "/")[0]), lines: lines)
        }
    }
}
