-- Nothing that was recorded is deleted, and what is final is not changed.

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'not changed';
END $$;

CREATE TRIGGER decisions_are_not_changed BEFORE UPDATE ON decisions
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER case_decisions_are_not_changed BEFORE UPDATE ON case_decisions
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER findings_are_not_changed BEFORE UPDATE ON findings
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER evidence_views_are_not_changed BEFORE UPDATE ON evidence_views
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER resolutions_are_not_changed BEFORE UPDATE ON resolutions
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER audit_are_not_changed BEFORE UPDATE ON audit
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER decisions_are_not_deleted BEFORE DELETE OR TRUNCATE ON decisions
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER case_decisions_are_not_deleted BEFORE DELETE OR TRUNCATE ON case_decisions
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER findings_are_not_deleted BEFORE DELETE OR TRUNCATE ON findings
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER evidence_views_are_not_deleted BEFORE DELETE OR TRUNCATE ON evidence_views
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER resolutions_are_not_deleted BEFORE DELETE OR TRUNCATE ON resolutions
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER audit_are_not_deleted BEFORE DELETE OR TRUNCATE ON audit
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER cases_are_not_deleted BEFORE DELETE OR TRUNCATE ON cases
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER moves_are_not_deleted BEFORE DELETE OR TRUNCATE ON moves
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER requests_are_not_deleted BEFORE DELETE OR TRUNCATE ON requests
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER audit_head_are_not_deleted BEFORE DELETE OR TRUNCATE ON audit_head
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER final_cases_are_not_changed BEFORE UPDATE ON cases
FOR EACH ROW WHEN (OLD.state IN (4, 5))
EXECUTE FUNCTION refuse_change();

CREATE TRIGGER cases_keep_their_name BEFORE UPDATE ON cases
FOR EACH ROW WHEN (OLD.case_id <> NEW.case_id
  OR OLD.case_number <> NEW.case_number
  OR OLD.study_instance_uid <> NEW.study_instance_uid
  OR OLD.create_time <> NEW.create_time)
EXECUTE FUNCTION refuse_change();

CREATE TRIGGER ended_moves_are_not_changed BEFORE UPDATE ON moves
FOR EACH ROW WHEN (OLD.outcome <> 0)
EXECUTE FUNCTION refuse_change();

CREATE TRIGGER audit_head_only_grows BEFORE UPDATE ON audit_head
FOR EACH ROW WHEN (NEW.sequence <> OLD.sequence + 1)
EXECUTE FUNCTION refuse_change();
