// SPDX-License-Identifier: Apache-2.0
import ScriptedServer

/// Answers as the daemon gives them.
enum Documents {
    static let jobID = "job_019abc"

    static func step(
        _ name: String, _ state: String, attempt: Int = 1, finished: String? = nil, ms: Int? = nil, failure: String? = nil
    ) -> String {
        let times = finished.map { #","started_at":"2026-01-31T12:00:00.000Z","finished_at":"\#($0)""# } ?? ""
        let duration = ms.map { #","duration_ms":\#($0)"# } ?? ""
        let failures = failure.map {
            #"{"attempt":1,"at":"2026-01-31T12:00:00.500Z","code":"unavailable","message":"\#($0)","retryable":true,"retry_at":"2026-01-31T12:00:09.000Z"}"#
        } ?? ""
        return #"""
            {"name":"\#(name)","phase":"onboard","state":"\#(state)","attempt":\#(attempt)\#(times)\#(duration),
             "depends_on":[],"output":{},"failures":[\#(failures)]}
            """#
    }

    static func job(_ state: String, steps: [String] = [], more: String = "") -> String {
        #"""
        {"job_id":"job_019abc","kind":"tenant.onboard","tenant_id":"acme_corp","state":"\#(state)","attempt":1,
         "max_attempts":5,"priority":5,"created_at":"2026-01-31T12:00:00.000Z","cancel_requested":false,
         "progress":{"done":1,"total":10},"steps":[\#(steps.joined(separator: ","))],"from_the_future":[1]\#(more)}
        """#
    }

    static let problem = #"""
        {"type":"about:blank","title":"Validation failed","status":422,"detail":"the request has 2 faults",
         "instance":"/api/v1/tenants/onboard","code":"invalid_request","job_url":"/api/v1/jobs/job_7",
         "errors":[{"field":"tenant_id","code":"too_short","message":"give 3 to 50 characters"},
                   {"field":"colour","code":"unknown_field","message":"remove it"}]}
        """#

    static let dryRun = #"""
        {"status":"SUCCESS","tenant_id":"acme_corp","ready_for_onboarding":true,"message":"all checks passed",
         "job_id":"job_019abc","validation_summary":{},"validation_results":[
         {"check_name":"tenant_id_format","passed":true,"status":"PASSED","severity":"critical","message":"fits","details":{},"duration_ms":0,"timestamp":"t"},
         {"check_name":"dryrun_config","passed":true,"status":"WARNING","severity":"advisory","message":"missing","details":{},"duration_ms":12.7,"timestamp":"t"}]}
        """#
}
