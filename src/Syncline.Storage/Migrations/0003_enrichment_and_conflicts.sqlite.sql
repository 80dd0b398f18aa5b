-- What enrichers answered; no fields when they had nothing.
CREATE TABLE enrichment_answer (
    enricher TEXT NOT NULL,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    fields TEXT,
    at INTEGER NOT NULL,
    PRIMARY KEY (enricher, kind, key)
) STRICT, WITHOUT ROWID;

-- Records an enricher is being asked about now.
CREATE TABLE enrichment_question (
    enricher TEXT NOT NULL,
    golden_id INTEGER NOT NULL,
    key TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (enricher, golden_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX enrichment_question_golden ON enrichment_question (golden_id);

CREATE INDEX dead_letter_golden ON dead_letter (golden_id) WHERE golden_id IS NOT NULL;

-- Costs in millionths of the enricher's unit.
CREATE TABLE enrichment_cost (
    ordinal INTEGER PRIMARY KEY AUTOINCREMENT,
    enricher TEXT NOT NULL,
    at INTEGER NOT NULL,
    spent INTEGER NOT NULL
) STRICT;

CREATE INDEX enrichment_cost_time ON enrichment_cost (enricher, at);

-- Fields that wait for a person's decision. The values are a set of fields: base, ours, theirs.
CREATE TABLE conflict (
    golden_id INTEGER NOT NULL,
    field TEXT NOT NULL,
    connection TEXT NOT NULL,
    stream TEXT NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    sides TEXT NOT NULL,
    run_id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (golden_id, field, connection, stream, id)
) STRICT, WITHOUT ROWID;
