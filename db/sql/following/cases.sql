-- The cases asked about, in the order of their keys.
SELECT c.id, c.stage, c.stage IN (SELECT value FROM json_each(:ended)) AS ended, c.due_on
FROM cases AS c
WHERE c.deleted_at IS NULL AND {cases}
ORDER BY c.id
