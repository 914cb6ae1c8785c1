-- Visits on days from :first to :last, of one campaign and one inspector where these are named.
-- Without a campaign also checkups that were scheduled for none; their id is the checkup's.
WITH
due AS (
    SELECT made.id AS id, g.name AS campaign, made.enterprise_id AS enterprise_id, NULL AS parcel_id,
        made.checkup_id AS checkup_id, made.day AS day, made.stage AS stage, made.case_id AS case_id
    FROM visits_made AS made
    JOIN campaigns AS g ON g.id = made.campaign_id AND g.deleted_at IS NULL
    WHERE made.day BETWEEN :first AND :last
        AND (:campaign_id IS NULL OR made.id IN (
            SELECT m.made_id FROM visits AS m
            WHERE m.campaign_id = :campaign_id AND m.deleted_at IS NULL
        ))
        AND (:person_id IS NULL OR made.checkup_id IS NOT NULL OR made.id IN (
            SELECT m.made_id FROM visits AS m JOIN json_each(m.inspectors) AS i
            WHERE m.deleted_at IS NULL AND i.value = :person_id
        ))
    UNION ALL
    SELECT k.id, '', c.enterprise_id, c.parcel_id, k.id, coalesce(k.started_on, k.scheduled_on),
        CASE
            WHEN k.finished_at IS NOT NULL THEN 'reported'
            WHEN k.started_on IS NOT NULL THEN 'in_checkup'
            ELSE 'scheduled'
        END,
        c.id
    FROM checkups AS k
    JOIN cases AS c ON c.id = k.case_id AND c.deleted_at IS NULL
    WHERE :campaign_id IS NULL AND k.deleted_at IS NULL
        AND coalesce(k.started_on, k.scheduled_on) BETWEEN :first AND :last
        AND NOT EXISTS (
            SELECT 1 FROM visits AS v WHERE v.checkup_id = k.id AND v.deleted_at IS NULL
        )
)
SELECT due.id, due.campaign, coalesce(due.enterprise_id, ''), coalesce(e.name, p.name), e.uscc,
    coalesce(o.name, ''), coalesce(nullif(e.address, ''), p.location, ''),
    coalesce(nullif(e.contact, ''), e.legal_representative, ''), coalesce(e.phone, ''),
    coalesce(k.departments, (
        SELECT json_group_array(DISTINCT d.value) FROM visits AS m JOIN json_each(m.departments) AS d
        WHERE m.made_id = due.id AND m.deleted_at IS NULL
    )),
    (
        SELECT json_group_array(DISTINCT p.name) FROM (
            SELECT i.value AS person_id FROM visits AS m JOIN json_each(m.inspectors) AS i
            WHERE k.id IS NULL AND m.made_id = due.id AND m.deleted_at IS NULL
            UNION
            SELECT i.person_id FROM checkup_inspectors AS i
            WHERE i.checkup_id = k.id AND i.deleted_at IS NULL
        ) AS who JOIN people AS p ON p.id = who.person_id
    ),
    due.day, due.stage, due.case_id
FROM due
LEFT JOIN enterprises AS e ON e.id = due.enterprise_id
LEFT JOIN parcels AS p ON p.id = due.parcel_id
LEFT JOIN organisations AS o ON o.id = coalesce(e.carrier_id, p.carrier_id)
LEFT JOIN checkups AS k ON k.id = due.checkup_id
WHERE :person_id IS NULL OR k.id IS NULL OR EXISTS (
    SELECT 1 FROM checkup_inspectors AS i
    WHERE i.checkup_id = k.id AND i.person_id = :person_id AND i.deleted_at IS NULL
)
ORDER BY due.day, chinese_order(o.name), chinese_order(coalesce(e.name, p.name)), due.id
