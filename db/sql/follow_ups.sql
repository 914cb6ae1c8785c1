-- The list of follow-up entries.
SELECT
    u.id AS id,
    u.case_id AS case_id,
    c.case_no AS case_no,
    c.nr AS case_no_order,
    c.enterprise_id AS enterprise_id,
    coalesce(e.name, p.name) AS enterprise,
    chinese_order(coalesce(e.name, p.name)) AS enterprise_order,
    u.happened_on AS happened_on,
    u.content AS content,
    chinese_order(u.content) AS content_order,
    u.percent AS percent,
    author.name AS author,
    chinese_order(author.name) AS author_order
FROM follow_ups AS u
JOIN cases AS c ON c.id = u.case_id AND c.deleted_at IS NULL
LEFT JOIN enterprises AS e ON e.id = c.enterprise_id
LEFT JOIN parcels AS p ON p.id = c.parcel_id
LEFT JOIN people AS author ON author.id = u.author_id
WHERE u.deleted_at IS NULL
