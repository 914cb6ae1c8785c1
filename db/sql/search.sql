-- What Ctrl+K finds. Names that begin with what was typed come first, from the index of names:
-- the full-text index hands out its hits unranked and is asked for no more than :most of them,
-- so that a scrap which fits every name answers as fast as one that fits a few.
WITH
found_enterprises (nr) AS (
    SELECT nr FROM (
        SELECT nr FROM enterprises
        WHERE deleted_at IS NULL AND chinese_order(name) >= :low AND chinese_order(name) < :high
        ORDER BY chinese_order(name) LIMIT :most
    )
    UNION
    SELECT rowid FROM (
        SELECT rowid FROM enterprise_search WHERE enterprise_search MATCH :match LIMIT :most
    )
),
found_parcels (nr) AS (
    SELECT rowid FROM (
        SELECT rowid FROM parcel_search WHERE parcel_search MATCH :match LIMIT :most
    )
    UNION
    SELECT nr FROM parcels WHERE id IN (
        SELECT parcel_id FROM supply_contracts
        WHERE deleted_at IS NULL AND contract_no >= :text
            AND contract_no < :text || char(1114111)
        LIMIT :most
    )
),
found_cases (nr) AS (
    SELECT rowid FROM (
        SELECT rowid FROM case_search WHERE case_search MATCH :match LIMIT :most
    )
    UNION
    SELECT c.nr FROM enterprises AS e JOIN cases AS c ON c.enterprise_id = e.id
    WHERE e.nr IN found_enterprises
),
hits AS (
    SELECT 1 AS place, 'enterprise' AS kind, e.id AS id, e.name AS title,
        coalesce(e.uscc, e.district) AS subtitle, e.uscc AS code
    FROM enterprises AS e
    WHERE e.nr IN found_enterprises AND e.deleted_at IS NULL
    UNION ALL
    SELECT 2, 'case', c.id, c.case_no, coalesce(e.name, p.name, ''), NULL
    FROM cases AS c
    LEFT JOIN enterprises AS e ON e.id = c.enterprise_id
    LEFT JOIN parcels AS p ON p.id = c.parcel_id
    WHERE c.nr IN found_cases AND c.deleted_at IS NULL
    UNION ALL
    SELECT 3, 'parcel', p.id, p.name, coalesce(p.electronic_no, p.location), p.electronic_no
    FROM parcels AS p
    WHERE p.nr IN found_parcels AND p.deleted_at IS NULL
)
SELECT kind, id, title, subtitle FROM hits
ORDER BY
    CASE
        WHEN title = :text OR code = :text THEN 0
        WHEN substr(title, 1, length(:text)) = :text THEN 1
        ELSE 2
    END,
    place, length(title), title, id
LIMIT :limit
