-- Targets of the plans that are kept beside the readings of their whole year, the oldest first.
SELECT p.case_id, t.metric, t.year, t.target, r.value
FROM remedy_plans AS p
JOIN cases AS c ON c.id = p.case_id AND c.deleted_at IS NULL
JOIN plan_targets AS t ON t.alternative_id = p.chosen_id AND t.deleted_at IS NULL
    AND t.target IS NOT NULL
JOIN metric_readings AS r ON r.case_id = p.case_id AND r.metric = t.metric AND r.year = t.year
    AND r.quarter IS NULL AND r.deleted_at IS NULL
JOIN follow_ups AS u ON u.id = r.follow_up_id AND u.deleted_at IS NULL
WHERE p.status = 'accepted' AND p.deleted_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM follow_ups AS k WHERE k.corrects_id = u.id)
    AND {cases}
ORDER BY p.case_id, u.happened_on, u.id, r.id
