-- Keeps the question what holds the station off the whole trail.
CREATE INDEX audit_holds ON audit (seq) WHERE act IN ('configuration.accepted', 'record.restored', 'record.restore-accepted');
