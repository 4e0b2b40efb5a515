// SPDX-License-Identifier: Apache-2.0

struct EmailFormatCheck: Check {
    let name = "email_format"

    func run(_ subject: CheckSubject) -> CheckFinding {
        do {
            _ = try EmailAddress(subject.request.adminEmail)
            return .passed("the e-mail address is well formed")
        } catch {
            return .failed(error)
        }
    }
}
