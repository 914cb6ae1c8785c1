-- Every entry of the trail about some records, oldest first, with the import that made it: all of
-- an import is one transaction, which begins with the import's own entry.
WITH
batches (seq, at, actor_id, action, file_name) AS (
    SELECT l.seq, l.at, l.actor_id, l.action, b.file_name
    FROM import_batches AS b
    CROSS JOIN change_log AS l ON l.record_id = b.id
    WHERE l.action IN ('add', 'retire')
)
SELECT l.at, coalesce(who.name, ''), l.table_name, l.action, l.record_id, l.before, l.after,
    coalesce(b.file_name, ''), coalesce(b.action = 'retire', 0)
FROM json_each(:ids) AS wanted
CROSS JOIN change_log AS l ON l.record_id = wanted.value
LEFT JOIN people AS who ON who.id = l.actor_id
LEFT JOIN batches AS b ON b.at = l.at AND b.actor_id = l.actor_id AND b.seq <= l.seq
ORDER BY l.seq
