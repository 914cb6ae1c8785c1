-- What is followed: findings that were assigned and are not :settled, and the steps of kept plans
-- that are not done, of cases that are not :ended.
SELECT
    f.id AS id,
    f.case_id AS case_id,
    c.case_no AS case_no,
    c.nr AS case_no_order,
    coalesce(e.name, p.name) AS enterprise,
    chinese_order(coalesce(e.name, p.name)) AS enterprise_order,
    'finding' AS kind,
    f.finding_no AS number,
    f.title AS title,
    chinese_order(f.title) AS title_order,
    coalesce(by.name, '') AS who,
    chinese_order(by.name) AS who_order,
    f.state AS state,
    NULL AS percent,
    f.deadline_on AS next_on,
    c.carrier_id AS carrier_id,
    f.department AS department
FROM findings AS f
JOIN cases AS c ON c.id = f.case_id AND c.deleted_at IS NULL
    AND c.stage NOT IN (SELECT value FROM json_each(:ended))
LEFT JOIN enterprises AS e ON e.id = c.enterprise_id
LEFT JOIN parcels AS p ON p.id = c.parcel_id
LEFT JOIN organisations AS by ON by.id = f.assigned_by
WHERE f.deleted_at IS NULL AND f.assigned_by IS NOT NULL
    AND f.state NOT IN (SELECT value FROM json_each(:settled))
UNION ALL
SELECT
    s.id, r.case_id, c.case_no, c.nr, coalesce(e.name, p.name),
    chinese_order(coalesce(e.name, p.name)), 'step',
    (
        SELECT count(*) FROM plan_steps AS b
        WHERE b.alternative_id = s.alternative_id AND b.deleted_at IS NULL
            AND (b.position, b.id) <= (s.position, s.id)
    ),
    s.title, chinese_order(s.title), s.responsible, chinese_order(s.responsible), NULL,
    (
        SELECT u.percent FROM follow_ups AS u
        WHERE u.step_id = s.id AND u.percent IS NOT NULL AND u.deleted_at IS NULL
            AND NOT EXISTS (SELECT 1 FROM follow_ups AS k WHERE k.corrects_id = u.id)
        ORDER BY u.happened_on DESC, u.id DESC LIMIT 1
    ),
    coalesce(s.extended_to, s.due_on), c.carrier_id,
    (
        SELECT min(f.department) FROM plan_findings AS l JOIN findings AS f ON f.id = l.finding_id
        WHERE l.plan_id = r.id AND l.deleted_at IS NULL
    )
FROM plan_steps AS s
JOIN remedy_plans AS r ON r.chosen_id = s.alternative_id AND r.status = 'accepted' AND r.deleted_at IS NULL
JOIN cases AS c ON c.id = r.case_id AND c.deleted_at IS NULL
    AND c.stage NOT IN (SELECT value FROM json_each(:ended))
LEFT JOIN enterprises AS e ON e.id = c.enterprise_id
LEFT JOIN parcels AS p ON p.id = c.parcel_id
WHERE s.done_on IS NULL AND s.deleted_at IS NULL
