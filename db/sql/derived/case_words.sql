-- What a case is found by, as in enterprise_words.sql: also by whose it is.
SELECT
    c.nr,
    c.case_no,
    concat_ws(char(31), e.name, e.short_name, e.formerly, p.name),
    iif(e.kind = 'person', NULL, e.uscc),
    concat_ws(char(31), e.name, e.short_name, e.formerly, p.name),
    iif(e.kind = 'person', e.uscc, NULL)
FROM json_each(:nrs) AS wanted
CROSS JOIN cases AS c ON c.nr = wanted.value
LEFT JOIN enterprises AS e ON e.id = c.enterprise_id
LEFT JOIN parcels AS p ON p.id = c.parcel_id
WHERE c.deleted_at IS NULL
