-- SPDX-License-Identifier: Apache-2.0
-- The tenants: this table is the authority; the warehouse's central tables are a projection of it.
-- Times end in _at: milliseconds since 1970 UTC.

CREATE TABLE tenant (
    seq              INTEGER PRIMARY KEY,                   -- the order of tenants, and the cursor of their lists
    tenant_key       TEXT    NOT NULL,                      -- the id in lower case: two tenants never differ only in case
    tenant_id        TEXT    NOT NULL,                      -- the id as given
    company_name     TEXT    NOT NULL,
    admin_email      TEXT    NOT NULL,
    status           TEXT    NOT NULL CHECK (status IN ('PROVISIONING', 'ACTIVE', 'SUSPENDED', 'DELETED')),
    plan             TEXT    NOT NULL,                      -- the plan and its limits as they were submitted
    daily_limit      INTEGER NOT NULL CHECK (daily_limit > 0),
    monthly_limit    INTEGER NOT NULL CHECK (monthly_limit > 0),
    concurrent_limit INTEGER NOT NULL CHECK (concurrent_limit > 0),
    trial_days       INTEGER CHECK (trial_days > 0),        -- NULL unless the plan is a trial
    trial_end_date   TEXT,
    dataset          TEXT    NOT NULL,
    job_id           TEXT,                                  -- the job that made it, and who submitted that;
    submitter        TEXT,                                  -- NULL where a reconciliation adopted the tenant
    created_at       INTEGER NOT NULL,
    activated_at     INTEGER,
    updated_at       INTEGER NOT NULL,
    CHECK ((trial_days IS NULL) = (trial_end_date IS NULL) OR job_id IS NULL),
    CHECK ((job_id IS NULL) = (submitter IS NULL)),
    CHECK (status <> 'PROVISIONING' OR activated_at IS NULL)
) STRICT;
CREATE UNIQUE INDEX tenant_live ON tenant (tenant_key) WHERE status <> 'DELETED';
CREATE INDEX tenant_history ON tenant (tenant_key, seq);
CREATE INDEX tenant_status ON tenant (status, seq);
CREATE INDEX tenant_submitter ON tenant (submitter, seq) WHERE submitter IS NOT NULL;

CREATE TABLE tenant_api_key (
    key_id     TEXT    NOT NULL,
    tenant_key TEXT    NOT NULL,
    hash       TEXT    NOT NULL CHECK (length(hash) = 64),  -- SHA-256, hexadecimal
    is_active  INTEGER NOT NULL CHECK (is_active IN (0, 1)),
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    PRIMARY KEY (tenant_key, key_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX tenant_api_key_hash ON tenant_api_key (hash);
