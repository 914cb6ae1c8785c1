-- The list of a grading's results. Who cannot be scored has no rank and comes last; by rank, those
-- above the threshold come first, since the groups are ranked apart.
SELECT
    r.id AS id,
    r.run_id AS run_id,
    r.rank AS rank,
    CASE WHEN r.rank IS NOT NULL THEN r.rank + iif(r.scale = 'above', 0, 1000000000) END
        AS rank_order,
    s.name AS name,
    chinese_order(s.name) AS name_order,
    s.uscc AS uscc,
    r.scale AS scale,
    s.industry_name AS industry,
    chinese_order(s.industry_name) AS industry_order,
    substr(s.industry_code, 1, 3) AS industry_class,
    s.carrier_id AS carrier_id,
    carrier.name AS carrier,
    chinese_order(carrier.name) AS carrier_order,
    s.land_m2 AS land_m2,
    CAST(s.land_m2 AS REAL) AS land_m2_order,
    s.tax_wan AS tax_wan,
    CAST(s.tax_wan AS REAL) AS tax_wan_order,
    s.revenue_wan AS revenue_wan,
    CAST(s.revenue_wan AS REAL) AS revenue_wan_order,
    r.bonus AS bonus,
    CAST(r.bonus AS REAL) AS bonus_order,
    r.score AS score,
    CAST(r.score AS REAL) AS score_order,
    r.grade AS grade,
    s.previous_grade AS previous_grade,
    CASE
        WHEN r.grade IS NULL OR s.previous_grade IS NULL THEN NULL
        WHEN r.grade < s.previous_grade THEN 'better'
        WHEN r.grade > s.previous_grade THEN 'worse'
        ELSE 'same'
    END AS change,
    CASE WHEN r.lacking = '[]' THEN 'scored' ELSE 'unscored' END AS state,
    CASE WHEN r.lacking = '[]' THEN NULL ELSE r.lacking END AS lacking,
    CASE WHEN r.vetoes = '[]' THEN NULL ELSE r.vetoes END AS vetoes,
    r.regraded_from AS regraded_from
FROM grading_results AS r
JOIN grading_subjects AS s ON s.id = r.subject_id
LEFT JOIN organisations AS carrier ON carrier.id = s.carrier_id
WHERE r.deleted_at IS NULL
