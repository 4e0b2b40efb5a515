// SPDX-License-Identifier: Apache-2.0
import Glibc
import HTTPServer
import Testing

@Test("the limit of open files is raised to what the system allows")
func descriptorLimit() {
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    #expect(FileDescriptorLimit.raise() == Int(clamping: limit.rlim_max))
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    #expect(limit.rlim_cur == limit.rlim_max)
}
