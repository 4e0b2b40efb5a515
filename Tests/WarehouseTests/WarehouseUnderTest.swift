// SPDX-License-Identifier: Apache-2.0
import EmbeddedWarehouse
import Foundation
import Testing
import Time
import Warehouse

/// The implementations that have to pass the conformance suite. A new one is a case here.
enum WarehouseUnderTest: String, CaseIterable, Sendable {
    case embedded

    /// Lends a bootstrapped warehouse of its own, which is removed afterwards.
    func use(_ body: (any Warehouse) async throws -> Void) async throws {
        switch self {
        case .embedded: try await withEmbedded { warehouse, _ in try await body(warehouse) }
        }
    }
}

/// Lends an embedded warehouse and its folder.
func withEmbedded(
    bootstrapped: Bool = true, time: TimeSource = .system,
    _ body: (EmbeddedWarehouse, _ folder: String) async throws -> Void
) async throws {
    try await withFolder { folder in
        let warehouse = try await EmbeddedWarehouse.open(folder: folder, fileQueues: 4, time: time)
        if bootstrapped { _ = try await warehouse.bootstrap(instance: "instance-1", until: .soon) }
        try await body(warehouse, folder)
        try await warehouse.close()
    }
}

func withFolder(_ body: (String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("warehouse-" + UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    try await body(folder.path)
}

extension BootTime {
    static var soon: BootTime { TimeSource.system.boot() + .seconds(60) }
    static var past: BootTime { TimeSource.system.boot() - .seconds(1) }
}

/// Expects that `body` ends with an error of this code.
func expectFailure<T>(
    _ code: WarehouseError.Code, sourceLocation: SourceLocation = #_sourceLocation, of body: () async throws -> T
) async throws {
    let error = try await failure(of: body)
    #expect(error?.code == code, "\(error.map(String.init(describing:)) ?? "no error")", sourceLocation: sourceLocation)
}

func failure<T>(of body: () async throws -> T) async throws -> WarehouseError? {
    do {
        _ = try await body()
        return nil
    } catch let error as WarehouseError {
        return error
    }
}
