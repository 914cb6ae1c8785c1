-- Whole years' readings in the cases of some firms' accepted plans, beside the baseline that the
-- chosen alternative gives for the metric (of its first year). Corrected entries count no more.
SELECT p.id, r.metric,
    (
        SELECT t.baseline FROM plan_targets AS t
        WHERE t.alternative_id = p.chosen_id AND t.metric = r.metric
            AND t.baseline IS NOT NULL AND t.deleted_at IS NULL
        ORDER BY t.year, t.id LIMIT 1
    ) AS baseline,
    r.value, f.happened_on
FROM remedy_plans AS p
JOIN cases AS c ON c.id = p.case_id AND c.deleted_at IS NULL
JOIN metric_readings AS r ON r.case_id = p.case_id AND r.deleted_at IS NULL AND r.quarter IS NULL
JOIN follow_ups AS f ON f.id = r.follow_up_id AND f.deleted_at IS NULL
WHERE p.deleted_at IS NULL AND p.status = 'accepted'
    AND p.firm_id IN (SELECT value FROM json_each(:firms))
    AND baseline IS NOT NULL
    AND NOT EXISTS (
        SELECT 1 FROM follow_ups AS later WHERE later.corrects_id = f.id AND later.deleted_at IS NULL
    )
ORDER BY r.year, f.happened_on, r.id
