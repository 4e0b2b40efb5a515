// SPDX-License-Identifier: Apache-2.0

struct TenantIDFormatCheck: Check {
    let name = "tenant_id_format"

    func run(_ subject: CheckSubject) -> CheckFinding {
        do {
            let id = try TenantID(subject.request.tenantID)
            return .passed("the tenant id is well formed", ["dataset": .string(id.text)])
        } catch {
            return .failed(error)
        }
    }
}
