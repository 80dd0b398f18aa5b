-- Batches of questions, from their intent until all their answers are merged. Costs in millionths of the enricher's unit.
CREATE TABLE enrichment_batch (
    ordinal INTEGER PRIMARY KEY AUTOINCREMENT,
    enricher TEXT NOT NULL,
    kind TEXT NOT NULL,
    sync TEXT NOT NULL,
    state TEXT NOT NULL,
    remote_id TEXT,
    questions INTEGER NOT NULL,
    most INTEGER NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE INDEX enrichment_batch_enricher ON enrichment_batch (enricher);

-- The records a batch asks about, by the place of their question in it.
CREATE TABLE enrichment_batch_record (
    batch INTEGER NOT NULL,
    golden_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    PRIMARY KEY (batch, golden_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX enrichment_batch_record_golden ON enrichment_batch_record (golden_id);
