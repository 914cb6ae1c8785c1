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
    c.carrier_id AS carrier_id,
    r.firm_id AS firm_id,
    firm.name AS firm,
    chinese_order(firm.name) AS firm_order,
    r.version AS version,
    r.status AS status,
    CASE r.status
        WHEN 'draft' THEN 'writer' WHEN 'returned' THEN 'writer' WHEN 'submitted' THEN 'carrier'
        WHEN 'accepted' THEN 'enterprise'
    END AS waits_for,
    substr(coalesce(r.decided_at, r.submitted_at, earlier.decided_at), 1, 10) AS since_on,
    (
        SELECT min(f.deadline_on) FROM plan_findings AS l JOIN findings AS f ON f.id = l.finding_id
        WHERE l.plan_id = r.id AND l.deleted_at IS NULL
            AND f.state NOT IN (SELECT value FROM json_each(:settled))
    ) AS due_on,
    (
        SELECT count(*) FROM plan_alternatives AS a
        WHERE a.plan_id = r.id AND a.deleted_at IS NULL
    ) AS alternatives,
    (
        SELECT count(*) FROM plan_comments AS k
        WHERE k.plan_id IN (r.id, r.copy_of) AND k.answered_at IS NULL AND k.settled_at IS NULL
            AND k.deleted_at IS NULL
    ) AS comments,
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
LEFT JOIN remedy_plans AS earlier ON earlier.id = r.copy_of
WHERE r.deleted_at IS NULL
    AND NOT EXISTS (
        SELECT 1 FROM remedy_plans AS later
        WHERE later.copy_of = r.id AND later.deleted_at IS NULL
    )
