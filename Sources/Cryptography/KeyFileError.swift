// SPDX-License-Identifier: Apache-2.0

/// Why the key file can't be used, and what to do about it. Its message names the file and never a byte of it.
public struct KeyFileError: Error, Equatable, Sendable, CustomStringConvertible {
    public enum Code: String, Sendable {
        case missing = "key_file_missing"
        case exists = "key_file_exists"
        case notRegular = "key_file_not_regular"
        /// Its group or others may read or write it.
        case exposed = "key_file_exposed"
        case unknownVersion = "key_file_unknown_version"
        case malformed = "key_file_malformed"
        case inputOutput = "key_file_io"
    }

    public let code: Code
    public let message: String

    public var description: String { message }

    private init(_ code: Code, _ path: String, _ text: String) {
        self.code = code
        message = "key file \(path): \(text)"
    }

    static func missing(_ path: String) -> Self {
        Self(.missing, path, "it does not exist; put back the one that this store was made with (it is in no backup of onboardd)")
    }

    static func exists(_ path: String) -> Self {
        Self(.exists, path, "it exists already and is never overwritten; move it away to make another")
    }

    static func notRegular(_ path: String) -> Self {
        Self(.notRegular, path, "it is not a regular file; put the file itself there, not a link, folder or pipe")
    }

    static func exposed(_ path: String, mode: String) -> Self {
        Self(.exposed, path, "its mode is 0\(mode): others may use it; run: chmod 600 \(path)")
    }

    static func unknownVersion(_ path: String) -> Self {
        Self(.unknownVersion, path, "it is of a version that this onboardd does not know; use the onboardd that made it, or a newer one")
    }

    static func malformed(_ path: String) -> Self {
        Self(.malformed, path, "it is not one line of \(KeyFile.prefix) and 43 base64url characters; put back an unchanged copy")
    }

    static func failed(_ path: String, _ operation: String, _ reason: String) -> Self {
        Self(.inputOutput, path, "cannot \(operation): \(reason)")
    }
}
