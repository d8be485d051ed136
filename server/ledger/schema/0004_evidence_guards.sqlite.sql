-- Nothing that was recorded about evidence is deleted or changed.

CREATE TRIGGER evidence_are_not_changed BEFORE UPDATE ON evidence
BEGIN SELECT RAISE(ABORT, 'not changed'); END;

CREATE TRIGGER evidence_are_not_deleted BEFORE DELETE ON evidence
BEGIN SELECT RAISE(ABORT, 'not deleted'); END;
