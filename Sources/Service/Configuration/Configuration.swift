// SPDX-License-Identifier: Apache-2.0
import Settings

/// The daemon's settings, all of them with a value. What each means and may hold says its row in `Configuration.table`.
public struct Configuration: Sendable, Equatable {
    public var listen = Listen()
    public var state = State()
    public var configs = Configs()
    public var workers = Workers()
    public var warehouse = Warehouse()
    public var keys = Keys()
    public var limits = Limits()
    public var intake = Intake()
    public var retention = Retention()
    public var lease = Lease()
    public var drain = Drain()
    public var breaker = Breaker()
    public var log = Log()

    public struct Listen: Sendable, Equatable {
        public var address = ListenAddress.ip(host: "127.0.0.1", port: 8080)
        public var hosts: [String] = []
    }

    public struct State: Sendable, Equatable {
        public var directory = ""
    }

    public struct Configs: Sendable, Equatable {
        /// Nil: the copies built into the program.
        public var directory: String?
    }

    public struct Workers: Sendable, Equatable {
        public var count = 1
        public var jobsInFlight = 256
        public var fileQueues = 16
    }

    public struct Warehouse: Sendable, Equatable {
        public enum Kind: String, CaseIterable, Sendable { case embedded }
        public var kind = Kind.embedded
    }

    public struct Keys: Sendable, Equatable {
        public var file = ""
    }

    public struct Limits: Sendable, Equatable {
        public var queueDepth = 1_000_000
        public var bodyBytes = 65_536
        public var dryruns = 32
        public var waiters = 10_000
        public var connections = 10_000
        public var tenantOnboard = 256
    }

    public struct Intake: Sendable, Equatable {
        public var defaultWait = Duration.zero
    }

    public struct Retention: Sendable, Equatable {
        public var time = Duration.seconds(90 * 86_400)
        public var jobs = 1_000_000
        public var dryrunTime = Duration.seconds(24 * 3_600)
        public var dryruns = 10_000
    }

    public struct Lease: Sendable, Equatable {
        public var time = Duration.seconds(30)
    }

    public struct Drain: Sendable, Equatable {
        public var time = Duration.seconds(25)
    }

    public struct Breaker: Sendable, Equatable {
        public var failures = 5
        public var window = Duration.seconds(30)
        public var openTime = Duration.seconds(15)
    }

    public struct Log: Sendable, Equatable {
        public enum Level: String, CaseIterable, Sendable { case debug, info, notice, warning, error }
        public enum Format: String, CaseIterable, Sendable { case auto, json, text }
        public var level = Level.info
        public var format = Format.auto
    }
}
