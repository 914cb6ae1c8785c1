-- How often the plan of a case was returned since one was accepted: the most of any open finding.
SELECT f.case_id, max((
    SELECT count(*) FROM finding_events AS v
    WHERE v.finding_id = f.id AND v.move = :returning AND v.at > coalesce((
        SELECT max(a.at) FROM finding_events AS a
        WHERE a.finding_id = f.id AND a.move = :accepting
    ), '')
)) AS times
FROM findings AS f
JOIN cases AS c ON c.id = f.case_id AND c.deleted_at IS NULL
WHERE f.state NOT IN (SELECT value FROM json_each(:settled)) AND f.deleted_at IS NULL AND {cases}
GROUP BY f.case_id
