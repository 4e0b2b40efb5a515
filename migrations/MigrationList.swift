// SPDX-License-Identifier: Apache-2.0

/// One numbered step of the schema, as it is built into the binary.
public struct Migration: Sendable {
    public let number: Int
    public let name: String
    public let script: String

    init(_ file: String, _ bytes: [UInt8]) {
        let stem = file.split(separator: ".")[0]
        number = Int(stem.prefix(4)) ?? 0
        name = String(stem.dropFirst(5))
        script = String(decoding: bytes, as: UTF8.self)
    }

    /// In the order of their numbers; a test holds this list to the folder's files.
    public static let all: [Migration] = [
        Migration("0001_jobs.sql", PackageResources._001_jobs_sql),
        Migration("0002_tenants.sql", PackageResources._002_tenants_sql),
    ]
}
