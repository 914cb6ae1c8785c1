-- The list of remedy plans: of each the latest version, with the steps of the alternative that
-- counts.
SELECT
    r.id AS id,
    r.case_id AS case_id,
    c.case_no AS case_no,
    c.nr AS case_no_order,
    c.enterprise_id AS enterprise_id,
    coalesce(e.name, p.name) AS enterprise,
    chinese_order(coalesce(e.name, p.name)) AS enterprise_order,
    firm.name AS firm,
    chinese_order(firm.name) AS firm_order,
    r.version AS version,
    r.status AS status,
    (
        SELECT count(*) FROM plan_steps AS s
        WHERE s.alternative_id = coalesce(r.chosen_id, r.recommended_id)
            AND s.deleted_at IS NULL
    ) AS steps,
    (
        SELECT count(*) FROM plan_steps AS s
        WHERE s.alternative_id = coalesce(r.chosen_id, r.recommended_id)
            AND s.done_on IS NOT NULL AND s.deleted_at IS NULL
    ) AS steps_done,
    (
        SELECT min(s.due_on) FROM plan_steps AS s
        WHERE s.alternative_id = coalesce(r.chosen_id, r.recommended_id)
            AND s.done_on IS NULL AND s.deleted_at IS NULL
    ) AS next_due_on
FROM remedy_plans AS r
JOIN cases AS c ON c.id = r.case_id AND c.deleted_at IS NULL
LEFT JOIN enterprises AS e ON e.id = c.enterprise_id
LEFT JOIN parcels AS p ON p.id = c.parcel_id
LEFT JOIN organisations AS firm ON firm.id = r.firm_id
WHERE r.deleted_at IS NULL
    AND NOT EXISTS (
        SELECT 1 FROM remedy_plans AS later
        WHERE later.copy_of = r.id AND later.deleted_at IS NULL
    )
