-- Entries of the trail about some records, newest first, with the import that made them: all of an
-- import is one transaction, which begins with the import's own entry. Of :merged enterprises only
-- the entries by which they were merged, or that was taken back. :tables empty: of all tables.
WITH
batches (seq, at, actor_id, action, id, file_name) AS (
    SELECT l.seq, l.at, l.actor_id, l.action, b.id, b.file_name
    FROM import_batches AS b
    CROSS JOIN change_log AS l ON l.record_id = b.id
    WHERE l.action IN ('add', 'retire')
),
wanted (id, only_merging) AS (
    SELECT value, 0 FROM json_each(:ids)
    UNION ALL SELECT value, 1 FROM json_each(:merged)
)
SELECT l.at, coalesce(who.name, ''), l.table_name, l.action, l.record_id, l.before, l.after,
    coalesce(b.file_name, ''), coalesce(b.action = 'retire', 0), coalesce(b.id, ''), l.seq
FROM wanted
CROSS JOIN change_log AS l ON l.record_id = wanted.id
LEFT JOIN people AS who ON who.id = l.actor_id
LEFT JOIN batches AS b ON b.at = l.at AND b.actor_id = l.actor_id AND b.seq <= l.seq
WHERE (:before IS NULL OR l.seq < :before)
    AND (:tables = '[]' OR l.table_name IN (SELECT value FROM json_each(:tables)))
    AND (NOT :imports_only OR b.seq IS NOT NULL)
    AND (
        NOT wanted.only_merging
        OR (l.action = 'change' AND l.before ->> 'merged_into' IS NOT l.after ->> 'merged_into')
    )
ORDER BY l.seq DESC
LIMIT :most
