-- What an enterprise is found by: nr, names, other texts, codes, what is found as it is read, and
-- what is not found by whoever may not see it.
-- Several texts in one column are parted by char(31).
SELECT
    e.nr,
    concat_ws(char(31), e.name, e.short_name, e.formerly),
    concat_ws(char(31), e.contact, e.legal_representative, e.district, e.address),
    iif(e.kind = 'person', NULL, e.uscc),
    concat_ws(char(31), e.name, e.short_name, e.formerly),
    concat_ws(char(31), e.phone, iif(e.kind = 'person', e.uscc, NULL))
FROM json_each(:nrs) AS wanted
CROSS JOIN enterprises AS e ON e.nr = wanted.value
WHERE e.deleted_at IS NULL
