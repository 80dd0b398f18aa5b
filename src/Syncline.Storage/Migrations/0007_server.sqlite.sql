-- People who sign in. Names are unique without regard to case, which name_key is the upper form of.
CREATE TABLE user_account (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL,
    password_hash TEXT,
    security_stamp TEXT NOT NULL,
    failed_sign_ins INTEGER NOT NULL,
    locked_until INTEGER,
    created_at INTEGER NOT NULL,
    signed_in_at INTEGER,
    language TEXT
) STRICT;

CREATE TABLE api_token (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE,
    scopes TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    used_at INTEGER
) STRICT;

CREATE TABLE audit_entry (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    what TEXT NOT NULL,
    about TEXT,
    detail TEXT
) STRICT;

-- Secrets of connections, encrypted before they come here.
CREATE TABLE credential (
    connection TEXT NOT NULL,
    setting TEXT NOT NULL,
    cipher TEXT NOT NULL,
    saved_at INTEGER NOT NULL,
    PRIMARY KEY (connection, setting)
) STRICT, WITHOUT ROWID;

-- The web framework's keys, as its XML.
CREATE TABLE protection_key (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT,
    xml TEXT NOT NULL
) STRICT;

-- Deliveries of webhooks, stored before they are worked on. Hints are JSON.
CREATE TABLE inbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    connection TEXT NOT NULL,
    delivery_id TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    due_at INTEGER,
    done_at INTEGER,
    detail TEXT,
    hints TEXT NOT NULL,
    body BLOB NOT NULL,
    UNIQUE (connection, delivery_id)
) STRICT;

CREATE INDEX inbox_pending ON inbox (state) WHERE state = 'pending';
CREATE INDEX inbox_done ON inbox (done_at) WHERE state = 'done';

-- So that counting reads none of the bodies.
CREATE INDEX inbox_state ON inbox (connection, state);

CREATE TABLE webhook_subscription (
    connection TEXT NOT NULL,
    provider_id TEXT NOT NULL,
    url TEXT NOT NULL,
    events TEXT NOT NULL,
    secret_cipher TEXT,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (connection, provider_id)
) STRICT, WITHOUT ROWID;

-- Answers to requests that may be repeated; no status while the request is under way.
CREATE TABLE idempotent_answer (
    who TEXT NOT NULL,
    key TEXT NOT NULL,
    digest TEXT NOT NULL,
    begun_at INTEGER NOT NULL,
    status INTEGER,
    content_type TEXT,
    body BLOB,
    PRIMARY KEY (who, key)
) STRICT;

CREATE INDEX idempotent_answer_age ON idempotent_answer (begun_at);

CREATE TABLE schedule_state (
    sync TEXT NOT NULL PRIMARY KEY,
    paused_by TEXT,
    paused_at INTEGER,
    fired_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE experiment (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE,
    description TEXT,
    created_at INTEGER NOT NULL
) STRICT;

-- The records an experiment is about, in the order in which they came to it.
CREATE TABLE experiment_record (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    experiment INTEGER NOT NULL,
    connection TEXT NOT NULL,
    record_id TEXT NOT NULL,
    assigned_at INTEGER NOT NULL,
    UNIQUE (experiment, connection, record_id)
) STRICT;

CREATE INDEX experiment_record_place ON experiment_record (experiment);
CREATE INDEX experiment_record_record ON experiment_record (connection, record_id);
