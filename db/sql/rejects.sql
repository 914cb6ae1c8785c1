-- The list of rows that imports refused.
SELECT
    r.id AS id,
    r.batch_id AS batch_id,
    b.kind AS kind,
    b.file_name AS file,
    chinese_order(b.file_name) AS file_order,
    b.imported_at AS imported_at,
    r."row" AS "row",
    r."column" AS "column",
    nullif(r."column", '') AS column_order,
    r.value AS value,
    nullif(r.value, '') AS value_order,
    r.reason AS reason
FROM import_rejects AS r
JOIN import_batches AS b ON b.id = r.batch_id AND b.deleted_at IS NULL
WHERE r.deleted_at IS NULL
