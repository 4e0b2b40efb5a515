// SPDX-License-Identifier: Apache-2.0
import SQLite
import Warehouse

/// What a caller's SQL may do on a connection: read what is there, within bounds.
enum QuerySandbox {
    /// To be called when all is in place that the SQL may read, and nothing else.
    static func close(_ connection: Connection) throws {
        // SQLite makes these two modules at their first use, by a statement that the authorizer would refuse.
        try connection.executeScript("SELECT 1 FROM json_each('[]'); SELECT 1 FROM json_tree('[]')")
        connection.setLimit(.attachedDatabases, to: 0)
        connection.setLimit(.length, to: QueryLimits.bytes)
        connection.setLimit(.sqlLength, to: 64 << 10)
        connection.setLimit(.columns, to: 200)
        connection.setLimit(.expressionDepth, to: 100)
        connection.setLimit(.compoundSelect, to: 50)
        connection.setLimit(.functionArguments, to: 100)
        connection.setLimit(.variableNumber, to: 0)
        connection.setLimit(.workerThreads, to: 0)
        // One LIKE is one instruction, which nothing interrupts: short patterns can't take long.
        connection.setLimit(.likePatternLength, to: 50)
        connection.setAuthorizer(decide)
    }

    private static func decide(_ action: AuthorizerAction) -> AuthorizerDecision {
        switch action.kind {
        case .select, .recursive: .allow
        // The dataset and the TEMP copies are all there is to be read, whatever a query calls them.
        case .read: .allow
        case .function: functions.contains(action.second?.lowercased() ?? "") ? .allow : .deny
        default: .deny
        }
    }

    /// SQLite's functions that compute from their arguments (lang_corefunc.html, lang_datefunc.html, lang_aggfunc.html,
    /// lang_mathfunc.html, windowfunctions.html, json1.html), without those that load, write or tell of the process.
    private static let functions: Set<String> = Set(
        """
        abs ceil ceiling floor trunc round sign sqrt exp ln log log10 log2 mod pi pow power radians degrees
        sin cos tan asin acos atan atan2 sinh cosh tanh asinh acosh atanh
        coalesce ifnull iif nullif likelihood likely unlikely typeof min max random
        char unicode format printf hex instr length lower upper ltrim rtrim trim quote replace substr substring
        like glob
        date time datetime julianday unixepoch strftime current_date current_time current_timestamp
        avg count group_concat string_agg sum total
        row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value
        json json_array json_array_length json_extract json_insert json_object json_patch json_remove json_replace
        json_set json_type json_valid json_quote json_group_array json_group_object json_each json_tree -> ->>
        """.split { $0 == " " || $0 == "\n" }.map(String.init))
}
