-- The last run whose reading showed the record, and how many complete readings in a row have missed it since.
ALTER TABLE version ADD COLUMN run_id INTEGER NOT NULL DEFAULT 0;
ALTER TABLE version ADD COLUMN missed INTEGER NOT NULL DEFAULT 0;

CREATE INDEX version_missed ON version (connection, stream) WHERE missed > 0;

-- Whether the record's own system is known to have deleted it, and not only a look at the wrong moment missed it.
ALTER TABLE link ADD COLUMN is_deletion_proven INTEGER NOT NULL DEFAULT 0;

-- Where a run under way stands, as JSON.
ALTER TABLE run ADD COLUMN position TEXT;
