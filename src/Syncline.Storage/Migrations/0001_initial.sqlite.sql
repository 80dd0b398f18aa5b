CREATE TABLE schema_version (
    version INTEGER NOT NULL PRIMARY KEY,
    applied_at INTEGER NOT NULL
) STRICT;

CREATE TABLE hub (
    name TEXT NOT NULL PRIMARY KEY
) STRICT;

CREATE TABLE sequence (
    name TEXT NOT NULL PRIMARY KEY,
    next INTEGER NOT NULL
) STRICT;

INSERT INTO sequence (name, next) VALUES ('golden', 1);

CREATE TABLE golden (
    id INTEGER NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    fields TEXT NOT NULL,
    origins TEXT NOT NULL,
    is_deleted INTEGER NOT NULL
) STRICT;

-- The reference fields of golden records, turned round.
CREATE TABLE relation (
    from_id INTEGER NOT NULL,
    field TEXT NOT NULL,
    to_id INTEGER NOT NULL,
    PRIMARY KEY (from_id, field, to_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX relation_to ON relation (to_id, field);

CREATE TABLE link (
    ordinal INTEGER PRIMARY KEY AUTOINCREMENT,
    connection TEXT NOT NULL,
    stream TEXT NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    golden_id INTEGER NOT NULL,
    seen TEXT NOT NULL,
    sent TEXT NOT NULL,
    answered TEXT NOT NULL,
    state TEXT NOT NULL,
    is_ours INTEGER NOT NULL,
    -- Ticks of 100 ns: a source may tell two changes of one second apart.
    seen_modified_at INTEGER,
    UNIQUE (connection, stream, id)
) STRICT;

CREATE INDEX link_golden ON link (golden_id);

-- The records of sources by golden record, so that counting duplicates reads none of the wide rows.
CREATE INDEX link_source ON link (golden_id, connection, stream, kind) WHERE state <> 'Gone' AND is_ours = 0;

-- Every index of SQLite ends in the row id, which is the ordinal.
CREATE INDEX link_connection ON link (connection);

CREATE TABLE identity_key (
    kind TEXT NOT NULL,
    type TEXT NOT NULL,
    value TEXT NOT NULL,
    golden_id INTEGER NOT NULL,
    PRIMARY KEY (kind, type, value)
) STRICT, WITHOUT ROWID;

CREATE TABLE feed (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    run_id INTEGER NOT NULL,
    golden_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    changes TEXT NOT NULL
) STRICT;

CREATE INDEX feed_run ON feed (run_id);
CREATE INDEX feed_golden ON feed (golden_id);
CREATE INDEX golden_kind ON golden (kind) WHERE is_deleted = 0;

CREATE TABLE cursor (
    connection TEXT NOT NULL,
    stream TEXT NOT NULL,
    position TEXT NOT NULL,
    saved_at INTEGER NOT NULL,
    PRIMARY KEY (connection, stream)
) STRICT, WITHOUT ROWID;

CREATE TABLE version (
    connection TEXT NOT NULL,
    stream TEXT NOT NULL,
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    PRIMARY KEY (connection, stream, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE operation (
    ordinal INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    run_id INTEGER NOT NULL,
    sync TEXT NOT NULL,
    connection TEXT NOT NULL,
    stream TEXT NOT NULL,
    kind TEXT NOT NULL,
    golden_id INTEGER NOT NULL,
    verb TEXT NOT NULL,
    target_id TEXT,
    fields TEXT NOT NULL,
    desired TEXT NOT NULL,
    before TEXT NOT NULL,
    cleared TEXT NOT NULL,
    removes_list_values INTEGER NOT NULL,
    state TEXT NOT NULL,
    at INTEGER NOT NULL,
    remote_id TEXT,
    detail TEXT
) STRICT;

CREATE INDEX operation_open ON operation (connection) WHERE state = 'Intended';
CREATE INDEX operation_run ON operation (run_id);
CREATE INDEX operation_golden ON operation (golden_id);
CREATE INDEX operation_created ON operation (sync) WHERE verb IN ('Create', 'Replace');
CREATE INDEX operation_removed ON operation (connection, stream, target_id) WHERE verb IN ('Delete', 'Replace');

CREATE TABLE dead_letter (
    ordinal INTEGER PRIMARY KEY AUTOINCREMENT,
    sync TEXT NOT NULL,
    connection TEXT NOT NULL,
    subject TEXT NOT NULL,
    kind TEXT NOT NULL,
    stage TEXT NOT NULL,
    code TEXT NOT NULL,
    reason TEXT NOT NULL,
    run_id INTEGER NOT NULL,
    golden_id INTEGER,
    attempts INTEGER NOT NULL,
    retry_at INTEGER,
    at INTEGER NOT NULL,
    UNIQUE (sync, connection, subject)
) STRICT;

CREATE INDEX dead_letter_age ON dead_letter (sync, at);

CREATE TABLE run (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sync TEXT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    tally TEXT NOT NULL,
    detail TEXT
) STRICT;

CREATE INDEX run_sync ON run (sync);

CREATE TABLE reader_offset (
    reader TEXT NOT NULL PRIMARY KEY,
    sequence INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Times of slots and their spacing in ticks of 100 ns: a thirtieth of a second has no whole number of milliseconds.
CREATE TABLE rate_slot (
    budget TEXT NOT NULL PRIMARY KEY,
    last_at INTEGER NOT NULL,
    spacing INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
