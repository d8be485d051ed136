-- Nothing that was recorded about evidence is deleted or changed.

CREATE TRIGGER evidence_are_not_changed BEFORE UPDATE ON evidence
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER evidence_are_not_deleted BEFORE DELETE OR TRUNCATE ON evidence
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
