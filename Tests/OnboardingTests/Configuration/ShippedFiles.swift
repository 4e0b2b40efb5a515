// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The configuration files as they lie in the sources.
enum ShippedFiles {
    static func path(_ name: String) -> String {
        URL(filePath: #filePath).appending(path: "../../../../configs/\(name)").standardizedFileURL.path
    }
}
