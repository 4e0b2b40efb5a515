// SPDX-License-Identifier: Apache-2.0
import CSQLite

/// What a statement asks leave for while it is prepared (c3ref/c_alter_table.html lists the arguments of each kind).
public struct AuthorizerAction: Sendable, Equatable {
    public let kind: Kind
    /// The table, index, view, function or pragma in question, as the kind says. For a function it is nil.
    public let first: String?
    /// The column, the function's name or the pragma's argument, as the kind says.
    public let second: String?
    /// `main`, `temp` or an attached name, where one applies.
    public let database: String?
    /// The innermost view or trigger that asks; nil for the statement's own text.
    public let origin: String?

    public enum Kind: Int32, Sendable {
        case createIndex = 1, createTable, createTempIndex, createTempTable, createTempTrigger, createTempView, createTrigger
        case createView, delete, dropIndex, dropTable, dropTempIndex, dropTempTable, dropTempTrigger, dropTempView
        case dropTrigger, dropView, insert, pragma, read, select, transaction, update, attach, detach, alterTable, reindex
        case analyze, createVirtualTable, dropVirtualTable, function, savepoint, recursive
    }
}

public enum AuthorizerDecision: Sendable {
    case allow
    /// The statement is refused: `SQLiteError` with `.notAuthorized`, or plain `.error` where it was for a function.
    case deny
    /// A column reads as NULL; other kinds are passed over (c3ref/set_authorizer.html).
    case ignore
}

extension Connection {
    /// Asks `authorizer` about each thing that a statement prepared from now on would do; nil asks nobody. Statements that are
    /// prepared already are prepared again, under the new rule. An action of a kind unknown here is denied.
    public func setAuthorizer(_ authorizer: ((AuthorizerAction) -> AuthorizerDecision)?) {
        hooks.authorizer = authorizer
        guard authorizer != nil else {
            sqlite3_set_authorizer(handle, nil, nil)
            return
        }
        sqlite3_set_authorizer(
            handle,
            { context, kind, first, second, database, origin in
                guard let context, let kind = AuthorizerAction.Kind(rawValue: kind),
                    let authorizer = Unmanaged<Hooks>.fromOpaque(context).takeUnretainedValue().authorizer
                else { return SQLITE_DENY }
                let action = AuthorizerAction(
                    kind: kind, first: first.map { String(cString: $0) }, second: second.map { String(cString: $0) },
                    database: database.map { String(cString: $0) }, origin: origin.map { String(cString: $0) })
                return switch authorizer(action) {
                case .allow: SQLITE_OK
                case .deny: SQLITE_DENY
                case .ignore: SQLITE_IGNORE
                }
            },
            hooks.address)
    }
}
