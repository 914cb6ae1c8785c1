-- What was last said of how far the plan as a whole is; the latest row of a case counts.
SELECT u.case_id, u.percent
FROM follow_ups AS u
JOIN cases AS c ON c.id = u.case_id AND c.deleted_at IS NULL
LEFT JOIN remedy_plans AS p ON p.id = u.plan_id
WHERE u.step_id IS NULL AND u.percent IS NOT NULL AND u.deleted_at IS NULL
    AND (p.id IS NULL OR p.status = 'accepted')
    AND NOT EXISTS (SELECT 1 FROM follow_ups AS k WHERE k.corrects_id = u.id)
    AND {cases}
ORDER BY u.case_id, u.happened_on, u.id
