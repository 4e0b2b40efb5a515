// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

// A VFS for tests: SQLite's own, but syncs and writes fail when told to. A file is opened by the real VFS; then its method
// table is exchanged for a copy with two methods replaced, which stands behind the real file together with the disk.

struct onboardd_faulty_disk {
    sqlite3_vfs vfs;  // first: SQLite hands its address back
    sqlite3_vfs *real;
    int refuse_sync;   // the code a sync returns, or SQLITE_OK to let it through
    int refuse_write;  // the same for a write
    int syncs;         // asked for, refused ones too
    char name[32];
};

struct onboardd_faulty_file {
    sqlite3_io_methods methods;  // first: the file's pMethods
    const sqlite3_io_methods *real;
    struct onboardd_faulty_disk *disk;
};

static inline int onboardd_faulty_sync(sqlite3_file *file, int flags) {
    const struct onboardd_faulty_file *faulty = (const struct onboardd_faulty_file *)file->pMethods;
    __atomic_add_fetch(&faulty->disk->syncs, 1, __ATOMIC_SEQ_CST);
    int refusal = __atomic_load_n(&faulty->disk->refuse_sync, __ATOMIC_SEQ_CST);
    return refusal != SQLITE_OK ? refusal : faulty->real->xSync(file, flags);
}

static inline int onboardd_faulty_write(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 offset) {
    const struct onboardd_faulty_file *faulty = (const struct onboardd_faulty_file *)file->pMethods;
    int refusal = __atomic_load_n(&faulty->disk->refuse_write, __ATOMIC_SEQ_CST);
    return refusal != SQLITE_OK ? refusal : faulty->real->xWrite(file, bytes, count, offset);
}

static inline int onboardd_faulty_offset(const sqlite3_vfs *real) { return (real->szOsFile + 15) & ~15; }

static inline int onboardd_faulty_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *opened) {
    struct onboardd_faulty_disk *disk = (struct onboardd_faulty_disk *)vfs;
    int code = disk->real->xOpen(disk->real, path, file, flags, opened);
    if (code != SQLITE_OK || !file->pMethods) return code;
    struct onboardd_faulty_file *faulty = (struct onboardd_faulty_file *)((char *)file + onboardd_faulty_offset(disk->real));
    faulty->methods = *file->pMethods;
    faulty->methods.xSync = onboardd_faulty_sync;
    faulty->methods.xWrite = onboardd_faulty_write;
    faulty->real = file->pMethods;
    faulty->disk = disk;
    file->pMethods = &faulty->methods;
    return code;
}

/// Registers a disk under `name`. It is never freed: SQLite may use a VFS as long as the process lives. NULL without memory.
static inline struct onboardd_faulty_disk *onboardd_faulty_disk_make(const char *name) {
    struct onboardd_faulty_disk *disk = calloc(1, sizeof *disk);
    if (!disk || sqlite3_initialize() != SQLITE_OK) return disk ? (free(disk), (void *)0) : disk;
    disk->real = sqlite3_vfs_find(0);
    disk->vfs = *disk->real;
    strncpy(disk->name, name, sizeof disk->name - 1);
    disk->vfs.zName = disk->name;
    disk->vfs.pNext = 0;
    disk->vfs.xOpen = onboardd_faulty_open;
    disk->vfs.szOsFile = onboardd_faulty_offset(disk->real) + (int)sizeof(struct onboardd_faulty_file);
    return sqlite3_vfs_register(&disk->vfs, 0) == SQLITE_OK ? disk : (free(disk), (void *)0);
}

static inline void onboardd_faulty_disk_refuse(struct onboardd_faulty_disk *disk, int sync, int write) {
    __atomic_store_n(&disk->refuse_sync, sync ? SQLITE_IOERR_FSYNC : SQLITE_OK, __ATOMIC_SEQ_CST);
    __atomic_store_n(&disk->refuse_write, write, __ATOMIC_SEQ_CST);
}

static inline int onboardd_faulty_disk_syncs(struct onboardd_faulty_disk *disk) {
    return __atomic_load_n(&disk->syncs, __ATOMIC_SEQ_CST);
}
