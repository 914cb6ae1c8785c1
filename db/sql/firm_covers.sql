-- When some firms were engaged for the enterprises they planned for.
SELECT g.firm_id, g.enterprise_id, g.from_on, g.last_on
FROM (
    SELECT DISTINCT p.firm_id AS firm_id, c.enterprise_id AS enterprise_id
    FROM remedy_plans AS p
    JOIN cases AS c ON c.id = p.case_id AND c.deleted_at IS NULL
    WHERE p.deleted_at IS NULL AND p.firm_id IN (SELECT value FROM json_each(:firms))
) AS planned
JOIN engaged_enterprises AS g
    ON g.enterprise_id = planned.enterprise_id AND g.firm_id = planned.firm_id
