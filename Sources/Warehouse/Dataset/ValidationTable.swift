// SPDX-License-Identifier: Apache-2.0

/// The table that onboarding makes in each dataset, and the one record in it that proves that it can be written to.
public enum ValidationTable {
    public static let name = "onboarding_validation_test"

    public static let columns: [Column] = [
        .required("id", .string),
        .optional("test_message", .string),
        .required("created_at", .timestamp),
    ]

    /// In the order of `columns`. The same in each attempt of one job.
    public static func record(for claim: DatasetClaim) -> [WarehouseValue] {
        [
            .string("onboarding_test_" + claim.tenantID),
            .string(message),
            .timestamp(claim.createdAt),
        ]
    }

    public static let message = "Onboarding made this dataset and can write to it"
}
