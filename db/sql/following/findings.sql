-- Findings of the cases asked about. Which states are :settled or :difficult, the lifecycle says.
SELECT f.case_id, f.id, f.finding_no,
    f.state IN (SELECT value FROM json_each(:settled)) AS settled,
    f.deadline_on,
    f.state IN (SELECT value FROM json_each(:difficult)) AS came_back,
    (
        SELECT count(*) FROM finding_events AS v WHERE v.finding_id = f.id AND v.move = :extending
    ) AS extended
FROM findings AS f
JOIN cases AS c ON c.id = f.case_id AND c.deleted_at IS NULL
WHERE f.deleted_at IS NULL AND {cases}
ORDER BY f.case_id, f.finding_no
