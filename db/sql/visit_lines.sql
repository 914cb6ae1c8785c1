-- Every visit of a campaign as it stands, also those that were drawn into another one.
SELECT v.id, v.enterprise_id, e.carrier_id, coalesce(o.name, ''), v.departments,
    made.id, made.campaign_id, made.day, made.stage, made.case_id
FROM visits AS v
JOIN visits_made AS made ON made.id = v.made_id
JOIN enterprises AS e ON e.id = v.enterprise_id
LEFT JOIN organisations AS o ON o.id = e.carrier_id
WHERE v.campaign_id = :campaign_id AND v.deleted_at IS NULL
ORDER BY v.id
