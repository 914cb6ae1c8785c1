-- What is derived from :tables and rests on a stretch of the trail (:after, :up_to]: the nr of
-- enterprises, parcels and cases whose words (search) or figures (lists) may have changed.
-- A changed enterprise takes its parcels and cases along where what they show of it changed.
WITH
entries AS MATERIALIZED (
    SELECT table_name, record_id, action, before, after FROM change_log
    WHERE seq > :after AND seq <= :up_to
        AND table_name IN (SELECT value FROM json_each(:tables))
),
reworded (id) AS (
    SELECT DISTINCT record_id FROM entries
    WHERE table_name = 'enterprises' AND (
        before IS NULL
        OR before ->> '$.name' IS NOT after ->> '$.name'
        OR before ->> '$.short_name' IS NOT after ->> '$.short_name'
        OR before ->> '$.formerly' IS NOT after ->> '$.formerly'
        OR before ->> '$.uscc' IS NOT after ->> '$.uscc'
        OR before ->> '$.contact' IS NOT after ->> '$.contact'
        OR before ->> '$.legal_representative' IS NOT after ->> '$.legal_representative'
        OR before ->> '$.district' IS NOT after ->> '$.district'
        OR before ->> '$.address' IS NOT after ->> '$.address'
        OR before ->> '$.phone' IS NOT after ->> '$.phone'
        OR before ->> '$.deleted_at' IS NOT after ->> '$.deleted_at'
    )
),
renamed (id) AS (
    SELECT DISTINCT record_id FROM entries
    WHERE table_name = 'enterprises' AND before IS NOT NULL AND (
        before ->> '$.name' IS NOT after ->> '$.name'
        OR before ->> '$.short_name' IS NOT after ->> '$.short_name'
        OR before ->> '$.formerly' IS NOT after ->> '$.formerly'
        OR before ->> '$.uscc' IS NOT after ->> '$.uscc'
        OR before ->> '$.deleted_at' IS NOT after ->> '$.deleted_at'
    )
),
changed_parcels (id) AS (
    SELECT DISTINCT record_id FROM entries WHERE table_name = 'parcels'
),
land (parcel_id, enterprise_id) AS (
    SELECT after ->> '$.parcel_id',
        after ->> iif(table_name = 'occupancies', '$.enterprise_id', '$.holder_id')
    FROM entries WHERE table_name IN ('supply_contracts', 'occupancies')
    UNION
    SELECT before ->> '$.parcel_id',
        before ->> iif(table_name = 'occupancies', '$.enterprise_id', '$.holder_id')
    FROM entries WHERE table_name IN ('supply_contracts', 'occupancies') AND before IS NOT NULL
),
together (parcel_id) AS (
    SELECT parcel_id FROM land UNION SELECT id FROM changed_parcels
),
enterprise_ids (id) AS (
    SELECT record_id FROM entries WHERE table_name = 'enterprises'
    UNION SELECT enterprise_id FROM land
    UNION SELECT after ->> '$.enterprise_id' FROM entries WHERE table_name = 'yearly_metrics'
    UNION SELECT before ->> '$.enterprise_id' FROM entries
        WHERE table_name = 'yearly_metrics' AND before IS NOT NULL
    UNION SELECT o.enterprise_id FROM together
        CROSS JOIN occupancies AS o ON o.parcel_id = together.parcel_id
),
parcel_ids (id) AS (
    SELECT parcel_id FROM together
    UNION SELECT s.parcel_id FROM renamed
        CROSS JOIN supply_contracts AS s ON s.holder_id = renamed.id
    UNION SELECT o.parcel_id FROM renamed
        CROSS JOIN occupancies AS o ON o.enterprise_id = renamed.id
),
case_ids (id) AS (
    SELECT record_id FROM entries WHERE table_name = 'cases'
    UNION SELECT c.id FROM renamed CROSS JOIN cases AS c ON c.enterprise_id = renamed.id
    UNION SELECT c.id FROM changed_parcels CROSS JOIN cases AS c ON c.parcel_id = changed_parcels.id
)
SELECT 'words', 'enterprises', e.nr FROM reworded AS i CROSS JOIN enterprises AS e ON e.id = i.id
UNION ALL
SELECT 'figures', 'enterprises', e.nr
FROM enterprise_ids AS i CROSS JOIN enterprises AS e ON e.id = i.id
UNION ALL
SELECT column1, 'parcels', p.nr
FROM parcel_ids AS i CROSS JOIN parcels AS p ON p.id = i.id
CROSS JOIN (VALUES ('words'), ('figures'))
UNION ALL
SELECT 'words', 'cases', c.nr FROM case_ids AS i CROSS JOIN cases AS c ON c.id = i.id
