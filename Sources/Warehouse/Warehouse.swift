// SPDX-License-Identifier: Apache-2.0
import Time

/// Where tenants' records and datasets live: the central tables that all tenants share, and a dataset for each tenant.
///
/// It is a projection. The job store knows which tenants there are; the steps of its jobs write here what it decided.
/// So every call that changes something takes values drawn before it (ids, times, the job's id), can be lost, done
/// twice or land late, and ends in the same state however often it is made:
/// - what this job made before is success, what somebody else made is a permanent error;
/// - an undo removes only what its own job made, and returns only once it has seen that nothing of it is there;
/// - an error says whether trying again can help, and whether the call may have had its effect (`WarehouseError`).
///
/// Tenant ids are compared without regard to case everywhere, and written as given.
///
/// `until` is the instant after which the answer is of no use any more. It is checked just before anything is sent or
/// written: a call that comes too late fails with `deadline_exceeded`, `notDone`. One that is underway then ends as
/// soon as it can.
///
/// `WarehouseConformanceTests` says the same in tests, for each implementation.
public protocol Warehouse: Sendable {
    /// For people and logs: `embedded`, `bigquery`.
    var kind: WarehouseKind { get }

    // MARK: The whole warehouse

    /// Makes what is missing of the central dataset, its tables and views. What exists stays as it is, data and
    /// columns. A warehouse without an instance id gets `instance`.
    /// - Throws: `foreign_instance` if it carries another's id; then nothing was made.
    func bootstrap(instance: String, until deadline: BootTime) async throws(WarehouseError) -> BootstrapReport

    /// The id of the job store that this warehouse belongs to; nil before its bootstrap.
    func instance(until deadline: BootTime) async throws(WarehouseError) -> String?

    /// Makes the warehouse belong to another job store.
    /// - Throws: `not_bootstrapped`.
    func adopt(instance: String, until deadline: BootTime) async throws(WarehouseError)

    // MARK: Checks, which change nothing

    /// Runs a constant query; returning is the proof.
    func checkConnectivity(until deadline: BootTime) async throws(WarehouseError)

    /// Proves who we are to the service.
    func checkCredentials(until deadline: BootTime) async throws(WarehouseError) -> CredentialCheck

    /// What of the eleven central tables is missing or differs; empty when all is as `CentralSchema` tells.
    func centralDefects(until deadline: BootTime) async throws(WarehouseError) -> [CentralDefect]

    /// What there is of a tenant: a profile that is not DELETED, a dataset of its name.
    func traces(of tenantID: String, until deadline: BootTime) async throws(WarehouseError) -> TenantTraces

    // MARK: Central rows

    /// Adds a row. The same row a second time is `alreadyThere`.
    /// - Throws: `duplicate` (never to be retried) when a row with this identity and other values is there, or a
    ///   second live row of a tenant where `CentralTable.live` allows one.
    @discardableResult
    func insert(_ row: CentralRow, until deadline: BootTime) async throws(WarehouseError) -> Insertion

    /// Sets columns of one row.
    /// - Throws: `not_found` if there is no such row; `schema_mismatch` for a column that the table has not, a value
    ///   that does not fit it, or a column of the identity.
    func update(
        _ identity: CentralIdentity, set values: [String: WarehouseValue], until deadline: BootTime
    ) async throws(WarehouseError)

    /// Removes exactly this row, all values alike: the undo of `insert`. A row of the same identity with other values
    /// is not ours, stays, and is reported as `anothers`.
    @discardableResult
    func delete(_ row: CentralRow, until deadline: BootTime) async throws(WarehouseError) -> Removal

    /// The tenant's rows, in the order of their identity.
    func rows(
        in table: CentralTable, of tenantID: String, until deadline: BootTime
    ) async throws(WarehouseError) -> [CentralRow]

    // MARK: Datasets

    /// Makes the tenant's dataset, owned by the claim's job.
    /// - Throws: `dataset_exists` (never to be retried) when another job, or nobody we know, made one of that name.
    func createDataset(_ claim: DatasetClaim, until deadline: BootTime) async throws(WarehouseError) -> DatasetCreation

    /// Makes the table `ValidationTable` and its one record, or proves that both are there as they should be.
    /// - Throws: `not_found` without the dataset, `dataset_exists` if it is not the claim's; `schema_mismatch` when
    ///   the table is there with other columns; `duplicate` when the record is there with other values.
    func createValidationTable(in claim: DatasetClaim, until deadline: BootTime) async throws(WarehouseError)

    /// Creates or replaces the comprehensive view, and proves it by selecting all the columns of `ComprehensiveView`.
    /// - Throws: `not_found` without the dataset, `dataset_exists` if it is not the claim's.
    func createComprehensiveView(in claim: DatasetClaim, until deadline: BootTime) async throws(WarehouseError)

    /// Removes the dataset and all in it if the claim's job made it, then looks again: the undo of `createDataset`.
    @discardableResult
    func dropDataset(_ claim: DatasetClaim, until deadline: BootTime) async throws(WarehouseError) -> Removal

    /// Whether there is a dataset of that name, and whose.
    func dataset(of tenantID: String, until deadline: BootTime) async throws(WarehouseError) -> DatasetStatus

    // MARK: Reading a dataset, writing to its tables

    /// The columns of one of its tables, in order.
    /// - Throws: `not_found` naming the dataset or the table.
    func columns(
        of table: String, inDatasetOf tenantID: String, until deadline: BootTime
    ) async throws(WarehouseError) -> [Column]

    /// Runs one of our own SELECTs, with its parameters bound, read-only, where the dataset is the default for names.
    func run(
        _ query: Query, inDatasetOf tenantID: String, until deadline: BootTime
    ) async throws(WarehouseError) -> ResultTable

    /// Adds rows to a table of the dataset: all or none. Each is a set of named values, as a load of JSON takes them.
    /// All are checked before anything is written.
    /// - Parameter key: names this append; a second one with the same key adds nothing.
    /// - Throws: `schema_mismatch`, whose `mismatch` names the row and the column.
    @discardableResult
    func append(
        _ rows: [[String: WarehouseValue]], to table: String, inDatasetOf tenantID: String, once key: String,
        until deadline: BootTime
    ) async throws(WarehouseError) -> Insertion

    /// The newest `limit` rows of the tenant's comprehensive view.
    /// - Throws: `not_found` without a dataset or a view in it.
    func view(of tenantID: String, limit: Int, until deadline: BootTime) async throws(WarehouseError) -> ResultTable

    /// Runs a caller's SELECT over this tenant's data and no other's, within `QueryLimits`.
    /// - Throws: `invalid_query` with the database's words for a fault in `sql`; `query_limit`; `not_supported`.
    func query(_ sql: String, of tenantID: String, until deadline: BootTime) async throws(WarehouseError) -> ResultTable

    // MARK: Lists for reconcile

    /// All datasets in the order of their ids in lower case, the next `limit` ones after `id`.
    func datasets(after id: String?, limit: Int, until deadline: BootTime) async throws(WarehouseError) -> [DatasetStatus]

    /// All profiles, DELETED ones too, in the order of tenant ids in lower case: the next ones after the tenant `id`.
    /// - Returns: at most `limit` rows, or more to give all profiles of the last tenant.
    func profiles(after id: String?, limit: Int, until deadline: BootTime) async throws(WarehouseError) -> [CentralRow]
}

public enum WarehouseKind: String, Sendable {
    case embedded, bigQuery = "bigquery"
}
