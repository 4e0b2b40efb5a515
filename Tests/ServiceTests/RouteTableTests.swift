// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Service

struct RouteTableTests {
    @Test("no two routes share method and path")
    func unique() {
        let all = RouteTable.standard.routes.map { "\($0.method.rawValue) \($0.path)" }
        #expect(Set(all).count == all.count)
    }

    @Test("every problem has a title, a fix and a status of the contract's", arguments: ProblemCode.allCases)
    func problems(code: ProblemCode) {
        let statuses: Set = [400, 403, 404, 405, 406, 409, 410, 411, 413, 415, 421, 422, 431, 501, 502, 503]
        #expect(statuses.contains(code.status))
        #expect(!code.title.isEmpty)
        #expect(code.fix.hasSuffix("."))
    }

    @Test("every problem stands at a route, or at all of them")
    func declared() {
        let declared = Set(RouteTable.standard.routes.flatMap(\.problems) + RouteTable.commonProblems)
        let everywhere: Set<ProblemCode> = [.malformedPath, .noSuchRoute, .methodNotAllowed, .bodyNotAllowed]
        #expect(Set(ProblemCode.allCases).subtracting(declared).subtracting(everywhere).isEmpty)
    }

    @Test("a route with a body declares what can be wrong with it")
    func bodies() {
        for route in RouteTable.standard.routes {
            guard case .json = route.body else { continue }
            #expect(Set(route.problems).isSuperset(of: [.malformedJSON, .lengthRequired, .bodyTooLarge, .unsupportedMediaType, .invalidRequest]))
        }
    }
}
