-- What must stay out of the trail: names live here, the trail knows the pseudonym only.
CREATE TABLE session (
  id TEXT PRIMARY KEY,
  chair_id TEXT NOT NULL,
  patient_id TEXT NOT NULL,
  patient_name TEXT NOT NULL,
  clinician TEXT NOT NULL,
  -- Goes into the seal of the opening row, which ties the name to the trail.
  nonce BLOB NOT NULL CHECK (length(nonce) = 32),
  opened_at TEXT NOT NULL,
  closed_at TEXT,
  state TEXT NOT NULL CHECK (state IN ('open', 'ended', 'interrupted')),
  CHECK ((state = 'open') = (closed_at IS NULL))
) STRICT;

-- `body` is canonical JSON; its SHA-256 stands in the audit row `seq`.
CREATE TABLE trend_chunk (
  seq INTEGER PRIMARY KEY REFERENCES audit (seq),
  body BLOB NOT NULL
) STRICT;

CREATE TRIGGER trend_chunk_is_never_changed BEFORE UPDATE ON trend_chunk
BEGIN
  SELECT RAISE(ABORT, 'trend chunks are never changed');
END;

CREATE TRIGGER trend_chunk_is_never_deleted BEFORE DELETE ON trend_chunk
BEGIN
  SELECT RAISE(ABORT, 'trend chunks are never deleted');
END;
