// SPDX-License-Identifier: Apache-2.0
// Kernel calls that Glibc's module map does not export: timers for Time, files for the embedded warehouse.
#pragma once

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/types.h>
#include <unistd.h>

#include <linux/fs.h>

/// renameat2(2) with RENAME_NOREPLACE; relative paths start at the working directory.
/// Returns 0, or errno: EEXIST where `to` exists, EINVAL where the file system cannot do it.
static inline int onboardd_rename_noreplace(const char *from, const char *to) {
    return syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0 ? 0 : errno;
}

/// ioctl_ficlone(2): makes `to` share all the blocks of `from`, until either is written to.
/// Returns 0, or errno: EOPNOTSUPP (ext4, tmpfs) or EXDEV (another file system) say to copy instead.
static inline int onboardd_clone_file(int from, int to) {
    return ioctl(to, FICLONE, from) == 0 ? 0 : errno;
}

/// copy_file_range(2) from and to the descriptors' own offsets, which it moves.
/// Returns how many bytes it copied, 0 at the end of `from`, or the negated errno.
static inline ssize_t onboardd_copy_file_range(int from, int to, size_t length) {
    long copied = syscall(SYS_copy_file_range, from, NULL, to, NULL, length, 0u);
    return copied >= 0 ? (ssize_t)copied : -(ssize_t)errno;
}
