-- How far the trail was checked from its first row on. Only a short cut for the check at start: what it says is
-- believed no further than it leads to the signed head, and the daily check begins at the first row again.
CREATE TABLE verified (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  size INTEGER NOT NULL CHECK (size > 0),
  peaks BLOB NOT NULL CHECK (length(peaks) % 32 = 0),
  at TEXT NOT NULL
) STRICT;

-- Keeps the question whether the root key is enrolled off the whole trail.
CREATE INDEX audit_enrolments ON audit (seq) WHERE act = 'key.enrolled';
