-- When findings that some firms' plans answer were assigned, closed, or found again.
SELECT e.finding_id, e.move, substr(e.at, 1, 10)
FROM finding_events AS e
WHERE e.deleted_at IS NULL AND e.move IN ('assign', 'close', 'rebound')
    AND e.finding_id IN (
        SELECT l.finding_id
        FROM remedy_plans AS p
        JOIN plan_findings AS l ON l.plan_id = p.id AND l.deleted_at IS NULL
        WHERE p.deleted_at IS NULL AND p.firm_id IN (SELECT value FROM json_each(:firms))
    )
ORDER BY e.at, e.id
