-- The kept pictures of findings, so that what was shown can be found again.

-- A picture is a file that is named by its SHA-256; see docs/ledger.md. The
-- sides are the longer ones, in pixels: of the picture and of the stored frame.
CREATE TABLE evidence (
  decision_number BIGINT NOT NULL REFERENCES decisions,
  finding_id TEXT NOT NULL,
  evidence_sha256 TEXT NOT NULL,
  frame_index BIGINT NOT NULL,
  picture_side BIGINT NOT NULL,
  frame_side BIGINT NOT NULL,
  PRIMARY KEY (decision_number, finding_id)
);
CREATE INDEX evidence_by_picture ON evidence (evidence_sha256);
