-- Every version of the plans of some firms. A moment's day is the day it was where it was written.
SELECT p.id, p.firm_id, p.case_id, c.enterprise_id, p.status,
    substr(p.submitted_at, 1, 10), substr(p.decided_at, 1, 10)
FROM remedy_plans AS p
JOIN cases AS c ON c.id = p.case_id AND c.deleted_at IS NULL
WHERE p.deleted_at IS NULL AND p.firm_id IN (SELECT value FROM json_each(:firms))
