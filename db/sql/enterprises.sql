-- The list of enterprises. A column x_order is what x is sorted by; nr and *_order are not shown.
-- Which cases are :ended, the lifecycle says (db/states.py). Area is what is occupied now; where no occupancy is on record, what was supplied.
SELECT
    e.id AS id,
    e.nr AS nr,
    e.name AS name,
    chinese_order(e.name) AS name_order,
    e.short_name AS short_name,
    chinese_order(e.short_name) AS short_name_order,
    e.kind AS kind,
    e.uscc AS uscc,
    e.industry_name AS industry,
    chinese_order(e.industry_name) AS industry_order,
    e.district AS district,
    chinese_order(e.district) AS district_order,
    carrier.name AS carrier,
    chinese_order(carrier.name) AS carrier_order,
    (
        SELECT count(*) FROM (
            SELECT s.parcel_id FROM supply_contracts AS s
            WHERE s.holder_id = e.id AND s.deleted_at IS NULL
            UNION
            SELECT o.parcel_id FROM occupancies AS o
            WHERE o.enterprise_id = e.id AND o.to_on IS NULL AND o.deleted_at IS NULL
        )
    ) AS parcels,
    coalesce(
        (
            SELECT decimal_sum(o.area_m2) FROM occupancies AS o
            WHERE o.enterprise_id = e.id AND o.to_on IS NULL AND o.deleted_at IS NULL
        ),
        (
            SELECT decimal_sum(s.area_m2) FROM supply_contracts AS s
            WHERE s.holder_id = e.id AND s.deleted_at IS NULL
        )
    ) AS area_m2,
    coalesce(
        (
            SELECT sum(CAST(o.area_m2 AS REAL)) FROM occupancies AS o
            WHERE o.enterprise_id = e.id AND o.to_on IS NULL AND o.deleted_at IS NULL
        ),
        (
            SELECT sum(CAST(s.area_m2 AS REAL)) FROM supply_contracts AS s
            WHERE s.holder_id = e.id AND s.deleted_at IS NULL
        )
    ) AS area_m2_order,
    (
        SELECT m.grade FROM yearly_metrics AS m
        WHERE m.enterprise_id = e.id AND m.grade IS NOT NULL AND m.deleted_at IS NULL
        ORDER BY m.year DESC LIMIT 1
    ) AS grade,
    (
        SELECT per_mu(m.tax_wan, m.land_area_m2) FROM yearly_metrics AS m
        WHERE m.enterprise_id = e.id AND m.tax_wan IS NOT NULL AND m.land_area_m2 IS NOT NULL
            AND m.deleted_at IS NULL
        ORDER BY m.year DESC LIMIT 1
    ) AS tax_wan_per_mu,
    (
        SELECT CAST(m.tax_wan AS REAL) / nullif(CAST(m.land_area_m2 AS REAL), 0)
        FROM yearly_metrics AS m
        WHERE m.enterprise_id = e.id AND m.tax_wan IS NOT NULL AND m.land_area_m2 IS NOT NULL
            AND m.deleted_at IS NULL
        ORDER BY m.year DESC LIMIT 1
    ) AS tax_wan_per_mu_order,
    (
        SELECT c.case_no FROM cases AS c
        WHERE c.enterprise_id = e.id AND c.stage NOT IN (SELECT value FROM json_each(:ended))
            AND c.deleted_at IS NULL
        ORDER BY c.opened_on DESC, c.nr DESC LIMIT 1
    ) AS case_no,
    (
        SELECT c.stage FROM cases AS c
        WHERE c.enterprise_id = e.id AND c.deleted_at IS NULL
        ORDER BY c.stage IN (SELECT value FROM json_each(:ended)), c.opened_on DESC, c.nr DESC LIMIT 1
    ) AS stage
FROM enterprises AS e
LEFT JOIN organisations AS carrier ON carrier.id = e.carrier_id
WHERE e.deleted_at IS NULL
