-- Every parcel that can be put on the map, with what maps are coloured by: the holder's latest
-- grade, the stage of the latest open case on the parcel or its holder, that case's worst open
-- finding and how many there are. :ended and :settled are the lifecycle's (db/states.py).
WITH drawn AS (
    SELECT
        b.outline AS outline,
        p.id AS id,
        p.name AS name,
        (
            SELECT s.holder_id FROM supply_contracts AS s
            WHERE s.parcel_id = p.id AND s.deleted_at IS NULL
            ORDER BY s.signed_on DESC, s.id DESC LIMIT 1
        ) AS holder_id
    FROM parcel_boundaries AS b
    JOIN parcels AS p ON p.id = b.parcel_id AND p.deleted_at IS NULL
    WHERE b.deleted_at IS NULL AND b.west IS NOT NULL
),
open_cases AS (
    SELECT id, stage, enterprise_id, parcel_id, opened_on FROM cases
    WHERE deleted_at IS NULL AND stage NOT IN (SELECT value FROM json_each(:ended))
),
cased AS (
    SELECT
        drawn.*,
        coalesce(
            (
                SELECT c.id FROM open_cases AS c WHERE c.parcel_id = drawn.id
                ORDER BY c.opened_on DESC, c.id DESC LIMIT 1
            ),
            (
                SELECT c.id FROM open_cases AS c WHERE c.enterprise_id = drawn.holder_id
                ORDER BY c.opened_on DESC, c.id DESC LIMIT 1
            )
        ) AS case_id
    FROM drawn
)
SELECT
    cased.id,
    cased.name,
    cased.outline,
    cased.holder_id,
    e.name,
    (
        SELECT m.grade FROM yearly_metrics AS m
        WHERE m.enterprise_id = cased.holder_id AND m.deleted_at IS NULL AND m.grade IS NOT NULL
        ORDER BY m.year DESC LIMIT 1
    ),
    c.stage,
    (
        SELECT min(f.severity) FROM findings AS f
        WHERE f.case_id = cased.case_id AND f.deleted_at IS NULL
            AND f.state NOT IN (SELECT value FROM json_each(:settled))
    ),
    (
        SELECT count(*) FROM findings AS f
        WHERE f.case_id = cased.case_id AND f.deleted_at IS NULL
            AND f.state NOT IN (SELECT value FROM json_each(:settled))
    )
FROM cased
LEFT JOIN enterprises AS e ON e.id = cased.holder_id
LEFT JOIN cases AS c ON c.id = cased.case_id
ORDER BY cased.id
