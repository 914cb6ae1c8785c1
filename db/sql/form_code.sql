-- The case of the checkup whose key ends as the code of a printed form says.
SELECT c.id, c.case_no, coalesce(e.name, p.name, '')
FROM checkups AS k
JOIN cases AS c ON c.id = k.case_id AND c.deleted_at IS NULL
LEFT JOIN enterprises AS e ON e.id = c.enterprise_id
LEFT JOIN parcels AS p ON p.id = c.parcel_id
WHERE substr(k.id, -10) = :tail AND k.deleted_at IS NULL
ORDER BY k.id
