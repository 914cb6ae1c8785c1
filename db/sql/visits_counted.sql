-- Visits to these enterprises that count towards the cap, in the order of their days.
SELECT n.key, n.enterprise_id, n.department, n.year, n.day, n.begun, n.case_no, coalesce(g.name, '')
FROM json_each(:ids) AS wanted
CROSS JOIN visits_counted AS n ON n.enterprise_id = wanted.value
LEFT JOIN campaigns AS g ON g.id = n.campaign_id
WHERE n.year IN (SELECT value FROM json_each(:years))
ORDER BY n.enterprise_id, n.department, n.day, n.key
