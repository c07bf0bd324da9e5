-- Every element of a session that a list is searched and sorted by. All facts are read anew from the rows afterwards.
ALTER TABLE session_facts ADD COLUMN pumps TEXT NOT NULL DEFAULT '';
ALTER TABLE session_facts ADD COLUMN pauses INTEGER NOT NULL DEFAULT 0;
ALTER TABLE session_facts ADD COLUMN overrides INTEGER NOT NULL DEFAULT 0;
ALTER TABLE session_facts ADD COLUMN given_ug INTEGER NOT NULL DEFAULT 0;
-- Why the session ended, in the words of whoever ended it.
ALTER TABLE session_facts ADD COLUMN ending TEXT NOT NULL DEFAULT '';
-- Names under the signatures that hold.
ALTER TABLE session_facts ADD COLUMN signers TEXT NOT NULL DEFAULT '';
-- Ids of all persons who acted, each between bars.
ALTER TABLE session_facts ADD COLUMN people TEXT NOT NULL DEFAULT '|';

DELETE FROM session_facts;
UPDATE session_facts_tip SET seq = 0;

-- A pump says who it is when its port is opened, which mostly is before any session.
CREATE INDEX audit_pumps ON audit (chair, seq) WHERE act = 'pump.identity';
