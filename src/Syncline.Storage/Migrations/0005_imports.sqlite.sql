-- Records of connections that were taken into files. The files are the truth; this finds them.
CREATE TABLE imported_record (
    connection TEXT NOT NULL,
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    name TEXT NOT NULL,
    web_url TEXT,
    list TEXT,
    file TEXT NOT NULL,
    digest TEXT NOT NULL,
    imported_at INTEGER NOT NULL,
    state TEXT NOT NULL,
    PRIMARY KEY (connection, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX imported_record_file ON imported_record (connection, file);
