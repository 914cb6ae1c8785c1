-- The list of findings.
SELECT
    f.id AS id,
    f.case_id AS case_id,
    c.case_no AS case_no,
    c.nr AS case_no_order,
    c.enterprise_id AS enterprise_id,
    coalesce(e.name, p.name) AS enterprise,
    chinese_order(coalesce(e.name, p.name)) AS enterprise_order,
    f.finding_no AS finding_no,
    f.title AS title,
    chinese_order(f.title) AS title_order,
    f.department AS department,
    f.severity AS severity,
    f.state AS state,
    f.deadline_on AS deadline_on,
    f.assigned_on AS assigned_on
FROM findings AS f
JOIN cases AS c ON c.id = f.case_id AND c.deleted_at IS NULL
LEFT JOIN enterprises AS e ON e.id = c.enterprise_id
LEFT JOIN parcels AS p ON p.id = c.parcel_id
WHERE f.deleted_at IS NULL
