-- Rows that belong to no session, newest first, and the checks of the whole record among them.
CREATE INDEX audit_station ON audit (seq) WHERE session IS NULL;
CREATE INDEX audit_checks ON audit (seq) WHERE act = 'record.verified';
