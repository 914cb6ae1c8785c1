-- How many cases are ended, by stage.
SELECT stage, count(*) FROM cases
WHERE deleted_at IS NULL AND stage IN (SELECT value FROM json_each(:ended))
GROUP BY stage
