-- The list of enterprises. A column x_order is what x is sorted by; nr and *_order are not shown.
-- Which cases are :ended, the lifecycle says (db/states.py). Parcels, area, grade and tax are kept
-- beside the row, as db/figures.py has worked them out.
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
    figures.parcels AS parcels,
    figures.area_m2 AS area_m2,
    CAST(figures.area_m2 AS REAL) AS area_m2_order,
    figures.grade AS grade,
    figures.tax_wan_per_mu AS tax_wan_per_mu,
    CAST(figures.tax_wan_per_mu AS REAL) AS tax_wan_per_mu_order,
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
LEFT JOIN enterprise_figures AS figures ON figures.nr = e.nr
WHERE e.deleted_at IS NULL
