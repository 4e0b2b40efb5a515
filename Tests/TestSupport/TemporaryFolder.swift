// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A folder of the test's own, gone with this value.
public final class TemporaryFolder: Sendable {
    public let path: String

    public init() throws {
        // In one case: a long word in both is taken for a key, and kept out of logs.
        path = FileManager.default.temporaryDirectory.path + "/onboardd-test-\(UUID().uuidString.lowercased())"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch CocoaError.fileNoSuchFile {
            return
        } catch {
            print("cannot remove \(path): \(error)")
        }
    }

    public func file(_ name: String) -> String { path + "/" + name }
}
