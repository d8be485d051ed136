-- Reports that were made before, so that no object is inspected twice.

-- The only rows of the database that are deleted: there is room for so many
-- bytes of them, and the least recently used go first. report_key and
-- phi_record are made by server/report_cache; a record holds values of the
-- header, and neither recognised text nor the patient's identifiers. last_use
-- ascends from use to use.
CREATE TABLE report_cache (
  report_key TEXT NOT NULL PRIMARY KEY,
  last_use BIGINT NOT NULL,
  record_bytes BIGINT NOT NULL,
  phi_record TEXT NOT NULL
);
CREATE INDEX report_cache_by_use ON report_cache (last_use);

-- One row: what the table above holds, and the next of its uses.
CREATE TABLE report_cache_size (
  size BIGINT NOT NULL PRIMARY KEY CHECK (size = 1),
  reports BIGINT NOT NULL,
  bytes BIGINT NOT NULL,
  next_use BIGINT NOT NULL
);
INSERT INTO report_cache_size VALUES (1, 0, 0, 1);
