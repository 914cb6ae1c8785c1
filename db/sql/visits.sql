-- The list of visits: of visits drawn together the one that is made for all, and those of other
-- campaigns that were drawn into it. `head` says that the row is the one that is made. departments
-- is a JSON list of keys, times a JSON object: by department, how often it visits the enterprise in
-- the year, as visits_counted has it.
SELECT
    v.id AS id,
    v.nr AS nr,
    v.campaign_id AS campaign_id,
    iif(v.joined_into IS NULL, 'yes', '') AS head,
    v.enterprise_id AS enterprise_id,
    e.name AS enterprise,
    chinese_order(e.name) AS enterprise_order,
    e.uscc AS uscc,
    e.district AS district,
    e.address AS address,
    carrier.name AS carrier,
    chinese_order(carrier.name) AS carrier_order,
    figures.grade AS grade,
    made.stage AS stage,
    CASE made.stage
        WHEN 'planned' THEN 0 WHEN 'scheduled' THEN 1 WHEN 'in_checkup' THEN 2 ELSE 3
    END AS stage_order,
    made.day AS day,
    coalesce(k.departments, (
        SELECT json_group_array(DISTINCT d.value) FROM visits AS m JOIN json_each(m.departments) AS d
        WHERE m.made_id = made.id AND m.deleted_at IS NULL
    )) AS departments,
    CASE WHEN k.id IS NULL THEN (
        SELECT group_concat(name, '、') FROM (
            SELECT DISTINCT p.name AS name
            FROM visits AS m JOIN json_each(m.inspectors) AS i JOIN people AS p ON p.id = i.value
            WHERE m.made_id = made.id AND m.deleted_at IS NULL
        )
    ) ELSE (
        SELECT group_concat(name, '、') FROM (
            SELECT DISTINCT p.name AS name
            FROM checkup_inspectors AS i JOIN people AS p ON p.id = i.person_id
            WHERE i.checkup_id = k.id AND i.deleted_at IS NULL
        )
    ) END AS inspectors,
    (
        SELECT group_concat(name, '、') FROM (
            SELECT DISTINCT g.name AS name FROM visits AS m JOIN campaigns AS g ON g.id = m.campaign_id
            WHERE m.made_id = made.id AND m.id <> v.id AND m.deleted_at IS NULL
        )
    ) AS joint,
    (
        SELECT json_group_object(department, times) FROM (
            SELECT n.department AS department, count(DISTINCT n.key) AS times
            FROM visits_counted AS n
            WHERE n.enterprise_id = v.enterprise_id
                AND n.year = coalesce(CAST(substr(made.day, 1, 4) AS INTEGER), g.year)
            GROUP BY n.department
        )
    ) AS times,
    g.name AS campaign,
    chinese_order(g.name) AS campaign_order,
    made.case_id AS case_id,
    c.case_no AS case_no,
    c.nr AS case_no_order,
    (
        SELECT count(*) FROM findings AS f
        WHERE f.case_id = made.case_id AND f.state <> 'terminated' AND f.deleted_at IS NULL
    ) AS findings
FROM visits AS v
JOIN visits_made AS made ON made.id = v.made_id
JOIN campaigns AS g ON g.id = v.campaign_id AND g.deleted_at IS NULL
JOIN enterprises AS e ON e.id = v.enterprise_id
LEFT JOIN organisations AS carrier ON carrier.id = e.carrier_id
LEFT JOIN enterprise_figures AS figures ON figures.nr = e.nr
LEFT JOIN checkups AS k ON k.id = made.checkup_id
LEFT JOIN cases AS c ON c.id = made.case_id
WHERE v.deleted_at IS NULL AND (v.joined_into IS NULL OR made.campaign_id <> v.campaign_id)
