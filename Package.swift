// swift-tools-version: 6.1
// SPDX-License-Identifier: Apache-2.0
import PackageDescription

/// One target, one folder, and only what stands below it as a dependency: request -> intake -> queue -> worker ->
/// workflow -> warehouse -> records -> status.
let package = Package(
    name: "onboardd",
    products: [
        .executable(name: "onboardd", targets: ["onboardd"]),
        .executable(name: "onboardctl", targets: ["onboardctl"]),
    ],
    targets: [
        // C modules: the libraries from apt, and the kernel calls that Glibc's module map does not export.
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CMicroHTTPD", pkgConfig: "libmicrohttpd", providers: [.apt(["libmicrohttpd-dev"])]),
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CLinux"),

        // Grounds: one thing each, none knows of the others' purpose.
        .target(name: "Time", dependencies: ["CLinux"]),
        .target(name: "JSON"),
        .target(name: "YAML", dependencies: ["CYAML"]),
        .target(name: "Cryptography", dependencies: ["COpenSSL"]),
        .target(name: "Logging", dependencies: ["CLinux", "Time"]),
        .target(name: "Settings", dependencies: ["YAML"]),
        .target(name: "SQLite", dependencies: ["CSQLite"]),
        .target(name: "HTTPServer", dependencies: ["CMicroHTTPD"]),
        .target(name: "CommandTable"),

        // Remotes
        .target(name: "HTTPClient", dependencies: ["CCurl"]),

        // Warehouses
        .target(name: "Warehouse", dependencies: ["Time"]),
        .target(name: "EmbeddedWarehouse", dependencies: ["CLinux", "SQLite", "Time", "Warehouse"]),

        // Engine: the durable queue and the step graph; neither knows what a tenant is.
        .target(
            name: "Migrations", dependencies: ["Cryptography", "SQLite"], path: "migrations",
            resources: [.embedInCode("0001_jobs.sql"), .embedInCode("0002_tenants.sql")]),
        .target(name: "JobQueue", dependencies: ["Cryptography", "Logging", "SQLite", "Time"]),
        .target(name: "Workflow", dependencies: ["Cryptography", "JobQueue", "Logging", "SQLite", "Time"]),

        // Domain
        .target(
            name: "Configs", path: "configs", exclude: ["onboardd.yml"],
            resources: [
                .embedInCode("plans.yml"), .embedInCode("setup/dryrun/dryrun.yml"), .embedInCode("setup/tenants/onboarding.yml"),
            ]),
        .target(
            name: "Onboarding",
            dependencies: [
                "Configs", "Cryptography", "JSON", "JobQueue", "Logging", "SQLite", "Time", "Warehouse", "Workflow", "YAML",
            ]),

        // Service: the HTTP API, and the daemon that is composed of all below.
        .target(
            name: "Service",
            dependencies: [
                "Cryptography", "HTTPServer", "JSON", "JobQueue", "Logging", "Onboarding", "SQLite", "Settings", "Time", "Warehouse",
                "Workflow", "YAML",
            ]),
        .target(
            name: "Daemon",
            dependencies: [
                "Cryptography", "EmbeddedWarehouse", "HTTPClient", "HTTPServer", "JobQueue", "Logging", "Migrations", "Onboarding",
                "SQLite", "Service", "Settings", "Time", "Warehouse", "Workflow", "YAML",
            ]),

        // Programs
        .executableTarget(name: "onboardd", dependencies: ["CommandTable", "Daemon", "HTTPServer", "Logging", "Service", "Settings", "Time"]),
        .executableTarget(name: "onboardctl", dependencies: ["CommandTable", "HTTPClient"]),

        .executableTarget(name: "onboardd-bench", dependencies: ["HTTPClient"], path: "Tests/Benchmarks"),

        // Tests
        .target(name: "TestSupport", dependencies: ["Time"], path: "Tests/TestSupport"),
        .testTarget(name: "TidyTests", dependencies: ["Migrations"]),
        .testTarget(name: "TimeTests", dependencies: ["CLinux", "Time"]),
        .testTarget(name: "JSONTests", dependencies: ["JSON"]),
        .testTarget(name: "YAMLTests", dependencies: ["YAML"]),
        .testTarget(name: "CryptographyTests", dependencies: ["Cryptography"]),
        .testTarget(name: "LoggingTests", dependencies: ["Logging"]),
        .testTarget(name: "SettingsTests", dependencies: ["Settings", "YAML"]),
        .testTarget(name: "SQLiteTests", dependencies: ["CSQLite", "SQLite"]),
        .testTarget(name: "HTTPServerTests", dependencies: ["HTTPServer"]),
        .target(name: "ScriptedServer", path: "Tests/ScriptedServer"),
        .testTarget(name: "HTTPClientTests", dependencies: ["HTTPClient", "ScriptedServer"]),
        .testTarget(name: "CommandTableTests", dependencies: ["CommandTable"]),
        .testTarget(name: "WarehouseTests", dependencies: ["EmbeddedWarehouse", "SQLite", "Time", "Warehouse"]),
        .testTarget(name: "JobQueueTests", dependencies: ["Cryptography", "JobQueue", "Migrations", "SQLite", "TestSupport", "Time"]),
        .testTarget(
            name: "WorkflowTests",
            dependencies: ["Cryptography", "JobQueue", "Logging", "Migrations", "SQLite", "TestSupport", "Time", "Workflow"]),
        .testTarget(
            name: "OnboardingTests",
            dependencies: [
                "Cryptography", "EmbeddedWarehouse", "JSON", "JobQueue", "Migrations", "Onboarding", "SQLite", "TestSupport", "Time",
                "Warehouse", "Workflow", "YAML",
            ]),
        .testTarget(
            name: "ServiceTests",
            dependencies: [
                "Cryptography", "EmbeddedWarehouse", "HTTPServer", "JSON", "JobQueue", "Logging", "Migrations", "Onboarding", "SQLite",
                "Service", "Settings", "TestSupport", "Time", "Warehouse", "Workflow", "YAML",
            ]),
        .testTarget(
            name: "FaultTests",
            dependencies: [
                "Cryptography", "EmbeddedWarehouse", "JSON", "JobQueue", "Logging", "Migrations", "Onboarding", "SQLite",
                "TestSupport", "Time", "Warehouse", "Workflow",
            ]),
        .testTarget(name: "DaemonTests", dependencies: ["HTTPClient", "JSON", "SQLite", "TestSupport", "onboardd"]),
        .testTarget(name: "OnboardctlTests", dependencies: ["ScriptedServer", "onboardctl"]),
    ],
    swiftLanguageModes: [.v6]
)
