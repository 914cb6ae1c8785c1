-- Every parcel that can be put on the map, with what maps are coloured by: who holds it (by the
-- latest supply, else its owner), that enterprise's latest grade, the stage of the latest case
-- (under way before ended, the parcel's own before its holder's), that case's worst open finding
-- and how many there are. :ended and :settled are the lifecycle's (db/states.py), :on is today.
WITH drawn AS (
    SELECT
        p.id AS id,
        p.name AS name,
        coalesce(
            (
                SELECT s.holder_id FROM supply_contracts AS s
                WHERE s.parcel_id = p.id AND s.deleted_at IS NULL
                ORDER BY s.signed_on DESC, s.id DESC LIMIT 1
            ),
            (
                SELECT o.enterprise_id FROM occupancies AS o
                WHERE o.parcel_id = p.id AND o.tenure = 'owner' AND o.deleted_at IS NULL
                    AND coalesce(o.to_on, :on) >= :on
                ORDER BY o.to_on IS NULL DESC, o.from_on DESC, o.id DESC LIMIT 1
            )
        ) AS holder_id
    FROM boundary_places AS place
    JOIN parcel_boundaries AS b ON b.nr = place.id
    JOIN parcels AS p ON p.id = b.parcel_id AND p.deleted_at IS NULL
),
cased AS (
    SELECT
        drawn.*,
        (
            SELECT c.id FROM cases AS c
            WHERE (c.parcel_id = drawn.id OR c.enterprise_id = drawn.holder_id)
                AND c.deleted_at IS NULL
            ORDER BY c.stage IN (SELECT value FROM json_each(:ended)),
                c.parcel_id IS drawn.id DESC, c.opened_on DESC, c.id DESC
            LIMIT 1
        ) AS case_id
    FROM drawn
)
SELECT
    cased.id,
    cased.name,
    cased.holder_id,
    e.name,
    (
        SELECT count(DISTINCT o.enterprise_id) FROM occupancies AS o
        WHERE o.parcel_id = cased.id AND o.deleted_at IS NULL
            AND coalesce(o.to_on, :on) >= :on
            AND o.enterprise_id IS NOT cased.holder_id
    ),
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
