// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <sqlite3.h>
#include "faulty_disk.h"

// Swift can neither call variadic functions nor import macros made of operators: extended codes, SQLITE_TRANSIENT.

/// Stops SQLite counting its allocations under one process-wide mutex. Has an effect only before SQLite's first use.
static inline int onboardd_sqlite_disable_memory_statistics(void) {
    return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

/// Sets a connection option that takes one on/off value (SQLITE_DBCONFIG_DEFENSIVE and the like).
static inline int onboardd_sqlite_set_option(sqlite3 *db, int option, int on) {
    return sqlite3_db_config(db, option, on, (int *)0);
}

/// Binds text that SQLite copies before this returns.
static inline int onboardd_sqlite_bind_text_copy(sqlite3_stmt *statement, int index, const char *text, sqlite3_uint64 count) {
    return sqlite3_bind_text64(statement, index, text, count, SQLITE_TRANSIENT, SQLITE_UTF8);
}

/// Binds a blob that SQLite copies before this returns.
static inline int onboardd_sqlite_bind_blob_copy(sqlite3_stmt *statement, int index, const void *bytes, sqlite3_uint64 count) {
    return sqlite3_bind_blob64(statement, index, bytes, count, SQLITE_TRANSIENT);
}

/// The extended code says that a row with the same key is there already.
static inline int onboardd_sqlite_is_unique_violation(int extended_code) {
    return extended_code == SQLITE_CONSTRAINT_UNIQUE || extended_code == SQLITE_CONSTRAINT_PRIMARYKEY
        || extended_code == SQLITE_CONSTRAINT_ROWID;
}
