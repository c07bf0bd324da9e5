-- Everything the engine of a chair was given during a session, as JSON Lines: with it the session can be replayed.
-- The SHA-256 of `body` stands in the audit row `seq`.
CREATE TABLE engine_chunk (
  seq INTEGER PRIMARY KEY REFERENCES audit (seq),
  body BLOB NOT NULL
) STRICT;

CREATE TRIGGER engine_chunk_is_never_changed BEFORE UPDATE ON engine_chunk
BEGIN
  SELECT RAISE(ABORT, 'engine chunks are never changed');
END;

CREATE TRIGGER engine_chunk_is_never_deleted BEFORE DELETE ON engine_chunk
BEGIN
  SELECT RAISE(ABORT, 'engine chunks are never deleted');
END;
