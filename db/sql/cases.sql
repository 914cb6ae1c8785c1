-- The list of cases. Which findings are :settled, the lifecycle says (db/states.py).
SELECT
    c.id AS id,
    c.nr AS nr,
    c.case_no AS case_no,
    c.nr AS case_no_order,
    c.enterprise_id AS enterprise_id,
    c.parcel_id AS parcel_id,
    e.name AS enterprise,
    chinese_order(e.name) AS enterprise_order,
    p.name AS parcel,
    chinese_order(p.name) AS parcel_order,
    coalesce(nullif(e.district, ''), p.district) AS district,
    carrier.name AS carrier,
    c.stage AS stage,
    (
        SELECT count(*) FROM findings AS f WHERE f.case_id = c.id AND f.deleted_at IS NULL
    ) AS findings,
    (
        SELECT count(*) FROM findings AS f
        WHERE f.case_id = c.id AND f.state NOT IN (SELECT value FROM json_each(:settled))
            AND f.deleted_at IS NULL
    ) AS open_findings,
    c.opened_on AS opened_on,
    c.due_on AS due_on,
    c.closed_on AS closed_on,
    (
        SELECT min(f.deadline_on) FROM findings AS f
        WHERE f.case_id = c.id AND f.state NOT IN (SELECT value FROM json_each(:settled))
            AND f.deleted_at IS NULL
    ) AS next_deadline_on
FROM cases AS c
LEFT JOIN enterprises AS e ON e.id = c.enterprise_id
LEFT JOIN parcels AS p ON p.id = c.parcel_id
LEFT JOIN organisations AS carrier ON carrier.id = c.carrier_id
WHERE c.deleted_at IS NULL
