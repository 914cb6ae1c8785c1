-- The list of parcels, each with its holder and latest supply, as db/figures.py has found them.
SELECT
    p.id AS id,
    p.nr AS nr,
    p.name AS name,
    chinese_order(p.name) AS name_order,
    holder.id AS enterprise_id,
    holder.name AS holder,
    chinese_order(holder.name) AS holder_order,
    p.district AS district,
    chinese_order(p.district) AS district_order,
    p.location AS location,
    chinese_order(p.location) AS location_order,
    p.area_m2 AS area_m2,
    CAST(p.area_m2 AS REAL) AS area_m2_order,
    p.land_use AS land_use,
    nullif(p.land_use, '') AS land_use_order,
    p.electronic_no AS electronic_no,
    p.unit_code AS unit_code,
    s.contract_no AS contract_no,
    nullif(s.contract_no, '') AS contract_no_order,
    s.signed_on AS signed_on,
    s.agreed_start_on AS agreed_start_on,
    s.actual_start_on AS actual_start_on,
    s.agreed_completion_on AS agreed_completion_on,
    s.actual_completion_on AS actual_completion_on
FROM parcels AS p
LEFT JOIN parcel_figures AS figures ON figures.nr = p.nr
LEFT JOIN supply_contracts AS s ON s.nr = figures.contract_nr
LEFT JOIN enterprises AS holder ON holder.nr = figures.holder_nr
WHERE p.deleted_at IS NULL
