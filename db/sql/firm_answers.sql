-- Which findings the versions of some firms' plans answer.
SELECT l.plan_id, l.finding_id
FROM remedy_plans AS p
JOIN cases AS c ON c.id = p.case_id AND c.deleted_at IS NULL
JOIN plan_findings AS l ON l.plan_id = p.id AND l.deleted_at IS NULL
WHERE p.deleted_at IS NULL AND p.firm_id IN (SELECT value FROM json_each(:firms))
