-- Steps of the plans that are kept, numbered within their plan, with what was last said of how far
-- each is. An entry that was corrected counts no more.
SELECT p.case_id, s.id,
    row_number() OVER (PARTITION BY p.id ORDER BY s.position, s.id) AS number,
    s.starts_on, coalesce(s.extended_to, s.due_on) AS until, s.done_on,
    (
        SELECT u.percent FROM follow_ups AS u
        WHERE u.step_id = s.id AND u.percent IS NOT NULL AND u.deleted_at IS NULL
            AND NOT EXISTS (SELECT 1 FROM follow_ups AS k WHERE k.corrects_id = u.id)
        ORDER BY u.happened_on DESC, u.id DESC LIMIT 1
    ) AS percent
FROM remedy_plans AS p
JOIN cases AS c ON c.id = p.case_id AND c.deleted_at IS NULL
JOIN plan_steps AS s ON s.alternative_id = p.chosen_id AND s.deleted_at IS NULL
WHERE p.status = 'accepted' AND p.deleted_at IS NULL AND {cases}
ORDER BY p.case_id, p.version, s.position, s.id
