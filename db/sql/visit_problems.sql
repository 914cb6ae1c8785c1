-- What the cases of a campaign's visits found, by department.
SELECT f.case_id, f.department, count(*)
FROM findings AS f
WHERE f.deleted_at IS NULL AND f.state <> 'terminated' AND f.case_id IN (
    SELECT made.case_id
    FROM visits AS v JOIN visits_made AS made ON made.id = v.made_id
    WHERE v.campaign_id = :campaign_id AND v.deleted_at IS NULL
)
GROUP BY f.case_id, f.department
