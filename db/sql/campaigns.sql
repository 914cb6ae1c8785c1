-- The list of campaigns. departments is a JSON list of keys; done are visits whose checkup is over.
SELECT
    g.id AS id,
    g.name AS name,
    chinese_order(g.name) AS name_order,
    g.year AS year,
    g.state AS state,
    g.departments AS departments,
    g.from_on AS from_on,
    g.to_on AS to_on,
    (
        SELECT count(DISTINCT v.enterprise_id) FROM visits AS v
        WHERE v.campaign_id = g.id AND v.deleted_at IS NULL
    ) AS enterprises,
    (
        SELECT count(DISTINCT made.id)
        FROM visits AS v JOIN visits_made AS made ON made.id = v.made_id
        WHERE v.campaign_id = g.id AND v.deleted_at IS NULL
    ) AS visits,
    (
        SELECT count(DISTINCT made.id)
        FROM visits AS v JOIN visits_made AS made ON made.id = v.made_id
        WHERE v.campaign_id = g.id AND v.deleted_at IS NULL AND made.stage = 'reported'
    ) AS done,
    (
        SELECT count(*) FROM findings AS f
        WHERE f.deleted_at IS NULL AND f.state <> 'terminated' AND f.case_id IN (
            SELECT made.case_id
            FROM visits AS v JOIN visits_made AS made ON made.id = v.made_id
            WHERE v.campaign_id = g.id AND v.deleted_at IS NULL
        )
    ) AS findings
FROM campaigns AS g
WHERE g.deleted_at IS NULL
