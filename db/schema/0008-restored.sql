-- A copy was put in the place of a lost record while no station was there to write it down. The next start writes the
-- row and empties this; it stands in the copy itself, so that neither is ever there without the other.
CREATE TABLE restored (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  facts TEXT NOT NULL CHECK (json_valid(facts))
) STRICT;
