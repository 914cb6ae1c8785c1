-- The list of look-backs (回头看): those of findings that stay closed, and what came of those done.
SELECT
    l.id AS id,
    l.case_id AS case_id,
    l.finding_id AS finding_id,
    c.case_no AS case_no,
    c.nr AS case_no_order,
    coalesce(e.name, p.name) AS enterprise,
    chinese_order(coalesce(e.name, p.name)) AS enterprise_order,
    f.finding_no AS finding_no,
    f.title AS title,
    chinese_order(f.title) AS title_order,
    f.severity AS severity,
    f.department AS department,
    l.due_on AS due_on,
    substr(l.due_on, 1, 7) AS due_month,
    l.planned_on AS planned_on,
    who.name AS inspector,
    chinese_order(who.name) AS inspector_order,
    substr(k.decided_at, 1, 10) AS closed_on,
    l.done_on AS done_on,
    CASE
        WHEN l.done_on IS NULL AND l.planned_on IS NULL THEN 'open'
        WHEN l.done_on IS NULL THEN 'planned'
        WHEN l.stayed = 1 THEN 'stayed'
        WHEN l.stayed = 0 THEN 'came_back'
        ELSE 'overtaken'
    END AS outcome,
    CASE WHEN l.done_on IS NULL THEN '1' ELSE '0' END AS waits
FROM look_backs AS l
JOIN findings AS f ON f.id = l.finding_id
JOIN cases AS c ON c.id = l.case_id AND c.deleted_at IS NULL
JOIN closures AS k ON k.id = l.closure_id
LEFT JOIN enterprises AS e ON e.id = c.enterprise_id
LEFT JOIN parcels AS p ON p.id = c.parcel_id
LEFT JOIN people AS who ON who.id = l.inspector_id
WHERE l.deleted_at IS NULL
