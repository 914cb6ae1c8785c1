-- Visits not begun of campaigns that are not over, to enterprises that have several of them, one of
-- them of this campaign (or of what was drawn together with one of this campaign).
WITH
waiting AS MATERIALIZED (
    SELECT made.id AS id, made.enterprise_id AS enterprise_id
    FROM visits AS own
    CROSS JOIN visits AS other ON other.enterprise_id = own.enterprise_id
    CROSS JOIN visits_made AS made ON made.id = other.id
    JOIN campaigns AS g ON g.id = made.campaign_id AND g.state <> 'ended' AND g.deleted_at IS NULL
    WHERE own.campaign_id = :campaign_id AND own.deleted_at IS NULL AND other.deleted_at IS NULL
        AND made.stage IN ('planned', 'scheduled')
    GROUP BY made.id
),
several AS (SELECT enterprise_id FROM waiting GROUP BY enterprise_id HAVING count(*) > 1)
SELECT {columns} FROM waiting JOIN visits AS v ON v.id = waiting.id
WHERE waiting.enterprise_id IN (SELECT enterprise_id FROM several)
    AND waiting.enterprise_id IN (
        SELECT m.enterprise_id FROM visits AS m JOIN waiting AS w ON w.id = m.made_id
        WHERE m.campaign_id = :campaign_id AND m.deleted_at IS NULL
    )
ORDER BY waiting.enterprise_id, v.id
