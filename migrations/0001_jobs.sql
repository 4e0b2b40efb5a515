-- SPDX-License-Identifier: Apache-2.0
-- The job queue: what is to be done, by whom, how far it is, and everything that happened on the way.
-- Times end in _at (milliseconds since 1970 UTC, for people) or in _boot (CLOCK_BOOTTIME milliseconds, for deadlines).

-- The store itself: one row.
CREATE TABLE store (
    id              INTEGER PRIMARY KEY CHECK (id = 1),
    instance_id     TEXT    NOT NULL,                       -- which store this is, for the warehouse it owns
    epoch           INTEGER NOT NULL,                       -- grows with each start: older leases are void
    boot_id         TEXT    NOT NULL,                       -- the boot that *_boot times belong to
    running_ms      INTEGER NOT NULL,                       -- time that daemons have run on this store, summed
    paused          INTEGER NOT NULL CHECK (paused IN (0, 1)),
    key_fingerprint TEXT                                    -- of the key file that seals this store's secrets
) STRICT;

CREATE TABLE job (
    seq              INTEGER PRIMARY KEY,                   -- the order of jobs; the newest row is never pruned, so none is used twice
    id               TEXT    NOT NULL,
    kind             TEXT    NOT NULL,
    subject          TEXT,                                  -- what the job is about, as the client wrote it
    subject_key      TEXT,                                  -- the same, folded for comparison
    exclusive        INTEGER NOT NULL CHECK (exclusive IN (0, 1)),  -- changes its subject: one live job at a time
    submitter        TEXT    NOT NULL,
    input            TEXT    NOT NULL,
    priority         INTEGER NOT NULL CHECK (priority BETWEEN 0 AND 9),
    turn             INTEGER NOT NULL,                      -- fair order between submitters, set when the job becomes ready
    state            TEXT    NOT NULL,
    place            TEXT,                                  -- ready, undo: claimable; waiting: for due_*; leased; NULL: ended
    version          INTEGER NOT NULL,                      -- grows with each change that a client can see
    attempt          INTEGER NOT NULL CHECK (attempt >= 0),
    max_attempts     INTEGER NOT NULL,
    fence            INTEGER NOT NULL CHECK (fence >= 0),   -- fencing token: grows with each claim
    lease_epoch      INTEGER,
    lease_until_boot INTEGER,
    due_boot         INTEGER,                               -- waiting for a pause to pass, by CLOCK_BOOTTIME
    due_at           INTEGER,                               -- the same by the wall clock: used alone for a client's run_at
    due_delay_ms     INTEGER,                               -- the pause as it was drawn: the most that is left after a reboot
    wait_reason      TEXT,
    wait_detail      TEXT,
    created_at       INTEGER NOT NULL,
    run_at           INTEGER,
    started_at       INTEGER,
    finished_at      INTEGER,
    finished_running_ms INTEGER,                            -- store.running_ms at the end: expiry needs both clocks
    cancel_requested INTEGER NOT NULL DEFAULT 0 CHECK (cancel_requested IN (0, 1)),
    point_passed     INTEGER NOT NULL DEFAULT 0 CHECK (point_passed IN (0, 1)),  -- the point of no return has begun
    done             INTEGER NOT NULL DEFAULT 0,
    total            INTEGER NOT NULL DEFAULT 0,
    result           TEXT,
    warnings         TEXT,
    leftovers        TEXT,                                  -- what could not be undone: it holds the subject
    error            TEXT,
    CHECK (CASE state
        WHEN 'queued'       THEN place IN ('ready', 'waiting')
        WHEN 'running'      THEN place IN ('leased')
        WHEN 'retrying'     THEN place IN ('ready', 'waiting')
        WHEN 'rolling_back' THEN place IN ('undo', 'waiting', 'leased')
        WHEN 'succeeded'    THEN place IS NULL
        WHEN 'failed'       THEN place IS NULL
        WHEN 'cancelled'    THEN place IS NULL
        ELSE 0 END),
    CHECK (place IS NULL OR place <> 'leased' OR (lease_epoch IS NOT NULL AND lease_until_boot IS NOT NULL)),
    CHECK (place IS NULL OR place <> 'waiting' OR due_at IS NOT NULL),
    CHECK ((place IS NULL) = (finished_at IS NOT NULL))
) STRICT;

CREATE UNIQUE INDEX job_id ON job (id);
CREATE INDEX job_ready ON job (kind, priority DESC, turn, seq) WHERE place = 'ready';
CREATE INDEX job_oldest ON job (kind, seq) WHERE place = 'ready';
CREATE INDEX job_undo ON job (kind, seq) WHERE place = 'undo';
CREATE INDEX job_due ON job (due_boot) WHERE place = 'waiting' AND due_boot IS NOT NULL;
CREATE INDEX job_run_at ON job (due_at) WHERE place = 'waiting' AND due_boot IS NULL;
CREATE INDEX job_lease ON job (lease_until_boot) WHERE place = 'leased';
CREATE UNIQUE INDEX job_live_subject ON job (subject_key) WHERE exclusive = 1 AND place IS NOT NULL;
CREATE INDEX job_leftovers ON job (subject_key) WHERE leftovers IS NOT NULL;
CREATE INDEX job_subject ON job (subject_key, seq);
CREATE INDEX job_state ON job (state, seq);
CREATE INDEX job_ended ON job (kind, finished_at) WHERE place IS NULL;

-- Jobs by kind and state, kept by the store itself so that nothing is ever counted.
CREATE TABLE job_count (
    kind  TEXT    NOT NULL,
    state TEXT    NOT NULL,
    n     INTEGER NOT NULL CHECK (n >= 0),
    PRIMARY KEY (kind, state)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER job_count_insert AFTER INSERT ON job BEGIN
    INSERT INTO job_count VALUES (new.kind, new.state, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER job_count_update AFTER UPDATE OF state ON job WHEN old.state <> new.state BEGIN
    UPDATE job_count SET n = n - 1 WHERE kind = old.kind AND state = old.state;
    INSERT INTO job_count VALUES (new.kind, new.state, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER job_count_delete AFTER DELETE ON job BEGIN
    UPDATE job_count SET n = n - 1 WHERE kind = old.kind AND state = old.state;
END;

-- The steps that have begun, or were passed over. A step without a row is pending.
CREATE TABLE step (
    job_seq      INTEGER NOT NULL REFERENCES job (seq) ON DELETE CASCADE,
    name         TEXT    NOT NULL,
    state        TEXT    NOT NULL CHECK (state IN ('pending', 'running', 'retrying', 'succeeded', 'failed', 'skipped',
                                                   'warning', 'rolling_back', 'rolled_back', 'rollback_failed')),
    attempt      INTEGER NOT NULL CHECK (attempt >= 0),     -- how often it began
    failures     INTEGER NOT NULL CHECK (failures >= 0),    -- counted against the policy in its present direction
    interruptions INTEGER NOT NULL CHECK (interruptions >= 0),  -- how often its process died under it, or lost its lease
    spent_ms     INTEGER NOT NULL CHECK (spent_ms >= 0),    -- attempts and pauses, counted against the policy's total time
    begun        INTEGER,                                   -- order of first start: undo goes the other way
    due_boot     INTEGER,
    due_at       INTEGER,
    due_delay_ms INTEGER,
    wait_reason  TEXT,
    started_at   INTEGER,
    finished_at  INTEGER,
    duration_ms  INTEGER,
    drawn        TEXT,                                      -- what was drawn before its first effect, never drawn twice; gone once nothing is undone
    output       TEXT,
    PRIMARY KEY (job_seq, name),
    CHECK (state NOT IN ('running', 'rolling_back') OR drawn IS NOT NULL)
) STRICT, WITHOUT ROWID;

CREATE TABLE step_failure (
    job_seq   INTEGER NOT NULL REFERENCES job (seq) ON DELETE CASCADE,
    n         INTEGER NOT NULL,
    step      TEXT    NOT NULL,
    direction TEXT    NOT NULL CHECK (direction IN ('run', 'undo')),
    attempt   INTEGER NOT NULL,
    at        INTEGER NOT NULL,
    code      TEXT    NOT NULL,
    message   TEXT    NOT NULL,
    retryable INTEGER NOT NULL CHECK (retryable IN (0, 1)),
    retry_at  INTEGER,
    PRIMARY KEY (job_seq, n)
) STRICT, WITHOUT ROWID;

-- One row for each change that a client can see. The newest row is never pruned, so no number is used twice.
CREATE TABLE event (
    seq        INTEGER PRIMARY KEY,
    job_seq    INTEGER NOT NULL REFERENCES job (seq) ON DELETE CASCADE,
    at         INTEGER NOT NULL,
    state      TEXT    NOT NULL,
    step       TEXT,
    step_state TEXT,
    attempt    INTEGER,
    done       INTEGER NOT NULL,
    total      INTEGER NOT NULL,
    failure    TEXT,
    CHECK ((step IS NULL) = (step_state IS NULL))
) STRICT;
CREATE INDEX event_job ON event (job_seq, seq);

CREATE TABLE idempotency (
    scope              TEXT    NOT NULL,                    -- who asked, and on which route
    key                TEXT    NOT NULL,
    body_sha256        BLOB    NOT NULL CHECK (length(body_sha256) = 32),
    job_seq            INTEGER NOT NULL REFERENCES job (seq),
    created_at         INTEGER NOT NULL,
    created_running_ms INTEGER NOT NULL,
    PRIMARY KEY (scope, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_created ON idempotency (created_at);
CREATE INDEX idempotency_job ON idempotency (job_seq);

-- A secret that a job made and its submitter may see once: sealed under the key file, gone once shown or expired.
CREATE TABLE secret (
    job_seq            INTEGER PRIMARY KEY REFERENCES job (seq) ON DELETE CASCADE,
    sealed             BLOB,
    released_at        INTEGER,                             -- from here on it may be shown, and it expires
    released_running_ms INTEGER,
    shown_at           INTEGER,
    shown_to           TEXT,
    CHECK (shown_at IS NULL OR sealed IS NULL)
) STRICT;
CREATE INDEX secret_unread ON secret (released_at) WHERE sealed IS NOT NULL AND released_at IS NOT NULL;
