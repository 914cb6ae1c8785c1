-- What an enterprise is found by: nr, names, other texts, codes, and what is found as it is read.
-- Several texts in one column are parted by char(31).
SELECT
    e.nr,
    concat_ws(char(31), e.name, e.short_name, e.formerly),
    concat_ws(char(31), e.contact, e.legal_representative, e.district, e.address),
    concat_ws(char(31), e.uscc, e.phone),
    concat_ws(char(31), e.name, e.short_name, e.formerly)
FROM json_each(:nrs) AS wanted
CROSS JOIN enterprises AS e ON e.nr = wanted.value
WHERE e.deleted_at IS NULL
