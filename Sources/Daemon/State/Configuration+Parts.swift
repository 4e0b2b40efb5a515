// SPDX-License-Identifier: Apache-2.0
import HTTPServer
import JobQueue
import Logging
import Onboarding
import Service
import Workflow

/// The settings as each part of the daemon takes them.
extension Configuration {
    var storeLimits: JobStore.Limits { JobStore.Limits(queueDepth: limits.queueDepth, lease: lease.time) }

    var dispatcherLimits: Dispatcher.Limits {
        Dispatcher.Limits(inFlight: workers.jobsInFlight, byKind: [OnboardingWorkflow.kind: limits.tenantOnboard])
    }

    var apiLimits: APILimits {
        APILimits(
            bodyBytes: limits.bodyBytes, dryRuns: limits.dryruns, waiters: limits.waiters, defaultWait: intake.defaultWait,
            hosts: listen.hosts)
    }

    var httpLimits: HTTPLimits {
        var http = HTTPLimits()
        http.connections = limits.connections
        return http
    }

    var breakerPolicy: BreakerState.Policy {
        BreakerState.Policy(failures: breaker.failures, window: breaker.window, open: breaker.openTime)
    }

    public var logLevel: LogLevel { LogLevel(log.level) }
    public var logFormat: LogFormat { LogFormat(log.format) }
}

extension LogLevel {
    init(_ level: Configuration.Log.Level) {
        self = switch level {
        case .debug: .debug
        case .info: .info
        case .notice: .notice
        case .warning: .warning
        case .error: .error
        }
    }
}

extension LogFormat {
    init(_ format: Configuration.Log.Format) {
        self = switch format {
        case .auto: .auto
        case .json: .json
        case .text: .text
        }
    }
}
