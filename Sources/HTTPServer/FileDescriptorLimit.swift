// SPDX-License-Identifier: Apache-2.0
import Glibc

/// The number of files and sockets that this process may have open (RLIMIT_NOFILE).
public enum FileDescriptorLimit {
    /// Raises the soft limit to the hard one, which is what a program that uses no `select` should do at its start
    /// (systemd.exec(5), LimitNOFILE=). Gives the limit that then holds: the connections allowed must stay below it.
    @discardableResult
    public static func raise() -> Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 0 }
        var raised = limit
        raised.rlim_cur = limit.rlim_max
        if setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &raised) == 0 { limit = raised }
        return Int(clamping: limit.rlim_cur)
    }
}
