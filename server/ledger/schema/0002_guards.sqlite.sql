-- Nothing that was recorded is deleted, and what is final is not changed.

CREATE TRIGGER decisions_are_not_changed BEFORE UPDATE ON decisions
BEGIN SELECT RAISE(ABORT, 'not changed'); END;

CREATE TRIGGER case_decisions_are_not_changed BEFORE UPDATE ON case_decisions
BEGIN SELECT RAISE(ABORT, 'not changed'); END;

CREATE TRIGGER findings_are_not_changed BEFORE UPDATE ON findings
BEGIN SELECT RAISE(ABORT, 'not changed'); END;

CREATE TRIGGER evidence_views_are_not_changed BEFORE UPDATE ON evidence_views
BEGIN SELECT RAISE(ABORT, 'not changed'); END;

CREATE TRIGGER resolutions_are_not_changed BEFORE UPDATE ON resolutions
BEGIN SELECT RAISE(ABORT, 'not changed'); END;

CREATE TRIGGER audit_are_not_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'not changed'); END;

CREATE TRIGGER decisions_are_not_deleted BEFORE DELETE ON decisions
BEGIN SELECT RAISE(ABORT, 'not deleted'); END;

CREATE TRIGGER case_decisions_are_not_deleted BEFORE DELETE ON case_decisions
BEGIN SELECT RAISE(ABORT, 'not deleted'); END;

CREATE TRIGGER findings_are_not_deleted BEFORE DELETE ON findings
BEGIN SELECT RAISE(ABORT, 'not deleted'); END;

CREATE TRIGGER evidence_views_are_not_deleted BEFORE DELETE ON evidence_views
BEGIN SELECT RAISE(ABORT, 'not deleted'); END;

CREATE TRIGGER resolutions_are_not_deleted BEFORE DELETE ON resolutions
BEGIN SELECT RAISE(ABORT, 'not deleted'); END;

CREATE TRIGGER audit_are_not_deleted BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'not deleted'); END;

CREATE TRIGGER cases_are_not_deleted BEFORE DELETE ON cases
BEGIN SELECT RAISE(ABORT, 'not deleted'); END;

CREATE TRIGGER moves_are_not_deleted BEFORE DELETE ON moves
BEGIN SELECT RAISE(ABORT, 'not deleted'); END;

CREATE TRIGGER requests_are_not_deleted BEFORE DELETE ON requests
BEGIN SELECT RAISE(ABORT, 'not deleted'); END;

CREATE TRIGGER audit_head_are_not_deleted BEFORE DELETE ON audit_head
BEGIN SELECT RAISE(ABORT, 'not deleted'); END;

CREATE TRIGGER final_cases_are_not_changed BEFORE UPDATE ON cases
WHEN OLD.state IN (4, 5)
BEGIN SELECT RAISE(ABORT, 'not changed'); END;

CREATE TRIGGER cases_keep_their_name BEFORE UPDATE ON cases
WHEN OLD.case_id <> NEW.case_id OR OLD.case_number <> NEW.case_number
  OR OLD.study_instance_uid <> NEW.study_instance_uid
  OR OLD.create_time <> NEW.create_time
BEGIN SELECT RAISE(ABORT, 'not changed'); END;

CREATE TRIGGER ended_moves_are_not_changed BEFORE UPDATE ON moves
WHEN OLD.outcome <> 0
BEGIN SELECT RAISE(ABORT, 'not changed'); END;

CREATE TRIGGER audit_head_only_grows BEFORE UPDATE ON audit_head
WHEN NEW.sequence <> OLD.sequence + 1
BEGIN SELECT RAISE(ABORT, 'not changed'); END;
