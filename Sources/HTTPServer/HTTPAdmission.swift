// SPDX-License-Identifier: Apache-2.0

/// What the service says to a request of which only the head is known.
public enum HTTPAdmission: Sendable {
    /// Answers without taking a byte of the body, also instead of `100 Continue`. The connection closes after it if a
    /// body was announced.
    case refuse(HTTPResponse)
    /// Takes a body of at most so many bytes; `HTTPService.tooLarge` answers a longer one.
    case accept(bodyLimit: Int)
}
