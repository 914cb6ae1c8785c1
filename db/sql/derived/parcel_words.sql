-- What a parcel is found by, as in enterprise_words.sql: also by who holds or uses it, and by its
-- contracts.
SELECT
    p.nr,
    p.name,
    concat_ws(char(31), p.location, p.district, supplied.projects, people.names),
    concat_ws(char(31), p.electronic_no, p.unit_code, supplied.numbers),
    concat_ws(char(31), p.name, people.names),
    NULL
FROM json_each(:nrs) AS wanted
CROSS JOIN parcels AS p ON p.nr = wanted.value
LEFT JOIN (
    SELECT
        s.parcel_id AS parcel_id,
        group_concat(s.project_name, char(31)) AS projects,
        group_concat(concat_ws(char(31), s.contract_no, s.electronic_no), char(31)) AS numbers
    FROM json_each(:nrs) AS wanted
    CROSS JOIN parcels AS p ON p.nr = wanted.value
    CROSS JOIN supply_contracts AS s ON s.parcel_id = p.id
    WHERE s.deleted_at IS NULL
    GROUP BY s.parcel_id
) AS supplied ON supplied.parcel_id = p.id
LEFT JOIN (
    SELECT
        known.parcel_id AS parcel_id,
        group_concat(concat_ws(char(31), e.name, e.short_name), char(31)) AS names
    FROM (
        SELECT s.parcel_id AS parcel_id, s.holder_id AS enterprise_id
        FROM json_each(:nrs) AS wanted
        CROSS JOIN parcels AS p ON p.nr = wanted.value
        CROSS JOIN supply_contracts AS s ON s.parcel_id = p.id
        WHERE s.deleted_at IS NULL
        UNION
        SELECT o.parcel_id, o.enterprise_id
        FROM json_each(:nrs) AS wanted
        CROSS JOIN parcels AS p ON p.nr = wanted.value
        CROSS JOIN occupancies AS o ON o.parcel_id = p.id
        WHERE o.deleted_at IS NULL
    ) AS known
    CROSS JOIN enterprises AS e ON e.id = known.enterprise_id
    WHERE e.deleted_at IS NULL
    GROUP BY known.parcel_id
) AS people ON people.parcel_id = p.id
WHERE p.deleted_at IS NULL
