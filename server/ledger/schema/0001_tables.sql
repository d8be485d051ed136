-- Cases, decisions, findings, what people did with them, and the audit trail.

-- The same text for SQLite and PostgreSQL. Columns named phi_... may hold text
-- that identifies a person; nothing of them reaches a log or an error. Numbers
-- of rows are given out by burntin, ascending from 1. Times are microseconds
-- since 1970, UTC. States, verdicts, actions and outcomes are the contract's
-- numbers; ..._json is proto3 JSON of the contract's messages.

CREATE TABLE decisions (
  decision_number BIGINT NOT NULL PRIMARY KEY,
  decision_id TEXT NOT NULL UNIQUE,
  study_instance_uid TEXT NOT NULL,
  experiment_id TEXT NOT NULL,
  basis_sha256 TEXT NOT NULL,
  protocol_sha256 TEXT NOT NULL,
  decision_json TEXT NOT NULL,
  findings_total BIGINT NOT NULL,
  findings_truncated BIGINT NOT NULL,
  decide_time BIGINT NOT NULL
);
CREATE INDEX decisions_of_session
  ON decisions (study_instance_uid, experiment_id, decision_number);

-- decision_number: the latest decision. decision_round: raised whenever
-- earlier approvals stop to count. version: raised with every change.
CREATE TABLE cases (
  case_number BIGINT NOT NULL PRIMARY KEY,
  case_id TEXT NOT NULL UNIQUE,
  version BIGINT NOT NULL,
  state BIGINT NOT NULL CHECK (state BETWEEN 1 AND 5),
  verdict BIGINT NOT NULL CHECK (verdict BETWEEN 1 AND 4),
  study_instance_uid TEXT NOT NULL,
  experiment_id TEXT NOT NULL,
  project TEXT NOT NULL,
  phi_subject_label TEXT NOT NULL,
  phi_session_label TEXT NOT NULL,
  decision_number BIGINT NOT NULL REFERENCES decisions,
  decision_round BIGINT NOT NULL,
  create_time BIGINT NOT NULL,
  update_time BIGINT NOT NULL
);
CREATE INDEX cases_of_session
  ON cases (study_instance_uid, experiment_id, case_number);
CREATE INDEX cases_by_state ON cases (state, verdict, case_number);
CREATE INDEX cases_by_time ON cases (create_time, case_number);

-- Every decision about a case, the latest one included.
CREATE TABLE case_decisions (
  case_number BIGINT NOT NULL REFERENCES cases,
  decision_number BIGINT NOT NULL REFERENCES decisions,
  PRIMARY KEY (case_number, decision_number)
);
CREATE UNIQUE INDEX case_of_decision ON case_decisions (decision_number);

CREATE TABLE findings (
  decision_number BIGINT NOT NULL REFERENCES decisions,
  position BIGINT NOT NULL,
  finding_id TEXT NOT NULL,
  has_picture BIGINT NOT NULL,
  finding_json TEXT NOT NULL,
  phi_text TEXT NOT NULL,
  PRIMARY KEY (decision_number, position)
);
CREATE UNIQUE INDEX findings_by_id ON findings (decision_number, finding_id);

-- Which picture of a finding was shown to whom.
CREATE TABLE evidence_views (
  view_number BIGINT NOT NULL PRIMARY KEY,
  case_number BIGINT NOT NULL REFERENCES cases,
  decision_number BIGINT NOT NULL REFERENCES decisions,
  finding_id TEXT NOT NULL,
  evidence_sha256 TEXT NOT NULL,
  actor TEXT NOT NULL,
  view_time BIGINT NOT NULL
);
CREATE INDEX evidence_views_of_actor
  ON evidence_views (case_number, actor, decision_number);

-- What admins decided. Only those of the case's decision_round still count.
CREATE TABLE resolutions (
  resolution_number BIGINT NOT NULL PRIMARY KEY,
  case_number BIGINT NOT NULL REFERENCES cases,
  decision_number BIGINT NOT NULL REFERENCES decisions,
  decision_round BIGINT NOT NULL,
  actor TEXT NOT NULL,
  phi_reason TEXT NOT NULL,
  target_project TEXT NOT NULL,
  acknowledgements_json TEXT NOT NULL,
  resolve_time BIGINT NOT NULL
);
CREATE INDEX resolutions_of_case
  ON resolutions (case_number, resolution_number);

-- Moves of sessions: a row is the intent; outcome 0 says that it has none yet,
-- 1 that the session was seen in the target, 2 that the actor may move it, 3
-- that nothing was moved.
CREATE TABLE moves (
  move_number BIGINT NOT NULL PRIMARY KEY,
  operation_id TEXT NOT NULL UNIQUE,
  case_number BIGINT NOT NULL REFERENCES cases,
  actor TEXT NOT NULL,
  actor_role TEXT NOT NULL,
  peer_address TEXT NOT NULL,
  target_project TEXT NOT NULL,
  mover TEXT NOT NULL,
  claim_until BIGINT NOT NULL,
  intent_time BIGINT NOT NULL,
  outcome BIGINT NOT NULL CHECK (outcome BETWEEN 0 AND 3),
  outcome_time BIGINT NOT NULL,
  error_code TEXT NOT NULL
);
CREATE INDEX moves_by_outcome ON moves (outcome, move_number);

-- Requests that changed a case, so that a repeat does nothing. The answer is
-- empty until there is one; retry_version is the version of the case under
-- which a request that moved nothing may be taken again, or 0.
CREATE TABLE requests (
  actor TEXT NOT NULL,
  request_id TEXT NOT NULL,
  request_sha256 TEXT NOT NULL,
  case_number BIGINT NOT NULL REFERENCES cases,
  operation_id TEXT NOT NULL,
  retry_version BIGINT NOT NULL,
  phi_answer_json TEXT NOT NULL,
  request_time BIGINT NOT NULL,
  PRIMARY KEY (actor, request_id)
);
CREATE INDEX requests_of_move ON requests (operation_id);

-- The audit trail. How it is sealed: server/ledger/audit_trail.h.
CREATE TABLE audit (
  sequence BIGINT NOT NULL PRIMARY KEY,
  case_id TEXT NOT NULL,
  phi_sealed_text TEXT NOT NULL,
  previous_sha256 TEXT NOT NULL,
  entry_sha256 TEXT NOT NULL
);
CREATE INDEX audit_of_case ON audit (case_id, sequence);

-- One row: the last entry.
CREATE TABLE audit_head (
  head BIGINT NOT NULL PRIMARY KEY CHECK (head = 1),
  sequence BIGINT NOT NULL,
  entry_sha256 TEXT NOT NULL
);
INSERT INTO audit_head VALUES (1, 0,
  '0000000000000000000000000000000000000000000000000000000000000000');

-- One row: the key under which page tokens are signed.
CREATE TABLE page_token_key (
  key BIGINT NOT NULL PRIMARY KEY CHECK (key = 1),
  secret TEXT NOT NULL
);
