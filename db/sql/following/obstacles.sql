-- Obstacles that stand. One of a step that is done, or of a plan that is no longer kept, does not.
SELECT o.case_id, o.step_id, o.since_on, o.cause
FROM obstacles AS o
JOIN cases AS c ON c.id = o.case_id AND c.deleted_at IS NULL
LEFT JOIN plan_steps AS s ON s.id = o.step_id
LEFT JOIN remedy_plans AS p ON p.chosen_id = s.alternative_id
WHERE o.cleared_on IS NULL AND o.deleted_at IS NULL
    AND (o.step_id IS NULL OR (s.done_on IS NULL AND p.status = 'accepted'))
    AND {cases}
ORDER BY o.case_id, o.since_on, o.id
