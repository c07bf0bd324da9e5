-- What a list of sessions is searched and sorted by. Read out of the trail and kept up with it; never evidence: the
-- rows are, and this table can be emptied at any time.
CREATE TABLE session_facts (
  session TEXT PRIMARY KEY REFERENCES session (id),
  drug TEXT NOT NULL,
  lots TEXT NOT NULL,
  alarms INTEGER NOT NULL,
  balance TEXT NOT NULL,
  signed TEXT NOT NULL CHECK (signed IN ('no', 'yes', 'changed')),
  break_glass INTEGER NOT NULL,
  notes INTEGER NOT NULL,
  last_seq INTEGER NOT NULL
) STRICT;

-- Up to which row the facts are read, and up to which row the newest finished check of the whole trail went.
CREATE TABLE session_facts_tip (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  seq INTEGER NOT NULL,
  verified_upto INTEGER NOT NULL,
  damaged INTEGER NOT NULL
) STRICT;

INSERT INTO session_facts_tip (id, seq, verified_upto, damaged) VALUES (1, 0, 0, 0);
CREATE INDEX session_opened ON session (opened_at, id);
