-- The steps of the chosen alternatives of some firms' accepted plans, with the day that counts.
SELECT p.id, s.id, coalesce(s.extended_to, s.due_on), s.done_on
FROM remedy_plans AS p
JOIN cases AS c ON c.id = p.case_id AND c.deleted_at IS NULL
JOIN plan_steps AS s ON s.alternative_id = p.chosen_id AND s.deleted_at IS NULL
WHERE p.deleted_at IS NULL AND p.status = 'accepted'
    AND coalesce(s.extended_to, s.due_on) IS NOT NULL
    AND p.firm_id IN (SELECT value FROM json_each(:firms))
