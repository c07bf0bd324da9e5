-- The times of a session are those of the rows that open and close it, so that a check can hold the table to them.
UPDATE session SET
  opened_at = coalesce(
    (SELECT audit.body ->> '$.ts' FROM audit
     WHERE audit.session = session.id AND audit.body ->> '$.seal' IS NOT NULL ORDER BY seq LIMIT 1),
    opened_at
  ),
  closed_at = CASE WHEN closed_at IS NULL THEN NULL ELSE coalesce(
    (SELECT audit.body ->> '$.ts' FROM audit
     WHERE audit.session = session.id AND audit.body ->> '$.span' IS NOT NULL ORDER BY seq DESC LIMIT 1),
    closed_at
  ) END;
