-- The trail: one canonical JSON body a row. `hash` is the chain link and the RFC 6962 leaf at once.
-- The generated columns exist for readers only; the body is what counts.
CREATE TABLE audit (
  seq INTEGER PRIMARY KEY,
  body TEXT NOT NULL CHECK (json_valid(body)),
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  act TEXT GENERATED ALWAYS AS (body ->> '$.act') VIRTUAL,
  session TEXT GENERATED ALWAYS AS (body ->> '$.session') VIRTUAL,
  chair TEXT GENERATED ALWAYS AS (body ->> '$.chair') VIRTUAL
) STRICT;

CREATE INDEX audit_session ON audit (session, seq) WHERE session IS NOT NULL;
CREATE INDEX audit_keys ON audit (seq) WHERE act IN ('log.genesis', 'key.rotate');

-- Guard rails against our own bugs. Against an attacker stand the hashes and signatures, not the triggers.
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN
  SELECT RAISE(ABORT, 'audit rows are never changed');
END;

CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
BEGIN
  SELECT RAISE(ABORT, 'audit rows are never deleted');
END;

-- Also stops INSERT OR REPLACE, which would delete without firing a delete trigger.
CREATE TRIGGER audit_grows_by_one BEFORE INSERT ON audit
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM audit)
BEGIN
  SELECT RAISE(ABORT, 'an audit row must have the next number');
END;

-- One row, overwritten in the transaction of every append: there is never an unsigned tail on disk.
CREATE TABLE head (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  size INTEGER NOT NULL,
  root BLOB NOT NULL CHECK (length(root) = 32),
  -- Roots of the complete subtrees, largest first: lets the tree go on without reading every row at start-up.
  peaks BLOB NOT NULL CHECK (length(peaks) % 32 = 0),
  note TEXT NOT NULL
) STRICT;

-- The last checkpoint of each key, signed by the outgoing key over the row that names its successor.
CREATE TABLE checkpoint (
  size INTEGER PRIMARY KEY REFERENCES audit (seq),
  note TEXT NOT NULL
) STRICT;

CREATE TRIGGER checkpoint_is_never_changed BEFORE UPDATE ON checkpoint
BEGIN
  SELECT RAISE(ABORT, 'checkpoints are never changed');
END;

CREATE TRIGGER checkpoint_is_never_deleted BEFORE DELETE ON checkpoint
BEGIN
  SELECT RAISE(ABORT, 'checkpoints are never deleted');
END;
