-- The team's own leads. A deleted one keeps its id and the sequence of its deletion, and nothing else.
CREATE TABLE lead (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    email TEXT,
    linkedin TEXT,
    icp_score INTEGER,
    has_touchpoints INTEGER NOT NULL,
    content TEXT,
    digest TEXT NOT NULL,
    evidence_at INTEGER NOT NULL,
    saved_at INTEGER NOT NULL,
    sequence INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX lead_email ON lead (email) WHERE email IS NOT NULL;
CREATE UNIQUE INDEX lead_linkedin ON lead (linkedin) WHERE linkedin IS NOT NULL;
CREATE UNIQUE INDEX lead_sequence ON lead (sequence);

INSERT INTO sequence (name, next) VALUES ('lead', 1);
