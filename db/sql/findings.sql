-- The list of findings. Of the slips that were not voided, the one whose reply is wanted first and
-- not in yet; which objection waits for its answer.
SELECT
    f.nr AS nr,
    f.id AS id,
    f.case_id AS case_id,
    c.case_no AS case_no,
    c.nr AS case_no_order,
    c.enterprise_id AS enterprise_id,
    coalesce(e.name, p.name) AS enterprise,
    chinese_order(coalesce(e.name, p.name)) AS enterprise_order,
    f.finding_no AS finding_no,
    f.title AS title,
    chinese_order(f.title) AS title_order,
    f.department AS department,
    f.category AS category,
    f.severity AS severity,
    f.disposal AS disposal,
    f.root_cause_key AS root_cause,
    f.state AS state,
    f.deadline_on AS deadline_on,
    f.assigned_on AS assigned_on,
    CASE WHEN f.rebounds > 0 THEN f.rebounds + 1 END AS occurrence,
    (
        SELECT min(r.reply_by) FROM referrals AS r
        JOIN issued_documents AS d ON d.id = r.document_id AND d.voided_on IS NULL
        WHERE r.replied_on IS NULL AND r.deleted_at IS NULL AND r.id IN (
            SELECT id FROM referrals WHERE finding_id = f.id
            UNION ALL SELECT referral_id FROM referral_findings
            WHERE finding_id = f.id AND deleted_at IS NULL
        )
    ) AS reply_by,
    (
        SELECT min(o.answer_by) FROM objections AS o
        WHERE o.finding_id = f.id AND o.answered_on IS NULL AND o.deleted_at IS NULL
    ) AS answer_by,
    (
        SELECT j.lead FROM joint_findings AS b
        JOIN joint_disposals AS j ON j.id = b.joint_id AND j.deleted_at IS NULL
        WHERE b.finding_id = f.id AND b.deleted_at IS NULL
    ) AS lead
FROM findings AS f
JOIN cases AS c ON c.id = f.case_id AND c.deleted_at IS NULL
LEFT JOIN enterprises AS e ON e.id = c.enterprise_id
LEFT JOIN parcels AS p ON p.id = c.parcel_id
WHERE f.deleted_at IS NULL
