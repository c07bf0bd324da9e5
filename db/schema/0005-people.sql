-- Who may use this station: every change of people, recovery code and emergency access, in the order in which it was made.
-- The SHA-256 of `body` stands in the audit row `seq`, so that nobody gains a right by editing this table.
CREATE TABLE access_change (
  seq INTEGER PRIMARY KEY REFERENCES audit (seq),
  body BLOB NOT NULL
) STRICT;

CREATE INDEX audit_access ON audit (seq) WHERE act = 'access.change';

CREATE TRIGGER access_change_is_never_changed BEFORE UPDATE ON access_change
BEGIN
  SELECT RAISE(ABORT, 'changes of access are never changed');
END;

CREATE TRIGGER access_change_is_never_deleted BEFORE DELETE ON access_change
BEGIN
  SELECT RAISE(ABORT, 'changes of access are never deleted');
END;
