-- Every case that is not archived, as far as it matters for whose turn it is and by when. What
-- there are several of comes as JSON.
SELECT c.id, c.case_no, coalesce(e.name, nullif(p.name, ''), p.location, ''), c.enterprise_id,
    c.stage, c.opened_on, c.due_on, c.carrier_id,
    (
        SELECT json_group_array(json_array(
            f.state, f.department, f.deadline_on, f.assigned_by,
            CASE WHEN f.state = 'recheck' THEN (
                SELECT r.passed = 1 AND k.done_on IS NOT NULL
                FROM recheck_results AS r
                JOIN rechecks AS k ON k.id = r.recheck_id AND k.deleted_at IS NULL
                WHERE r.finding_id = f.id AND r.deleted_at IS NULL
                ORDER BY coalesce(k.done_on, k.planned_on, '') DESC, k.id DESC LIMIT 1
            ) END,
            CASE WHEN f.state = 'recheck' THEN (
                SELECT q.requested_by FROM closures AS q
                WHERE q.finding_id = f.id AND q.decided_at IS NULL AND q.deleted_at IS NULL
                LIMIT 1
            ) END,
            CASE WHEN f.state = 'objected' THEN (
                SELECT min(o.answer_by) FROM objections AS o
                WHERE o.finding_id = f.id AND o.answered_on IS NULL AND o.deleted_at IS NULL
            ) END
        ))
        FROM findings AS f WHERE f.case_id = c.id AND f.deleted_at IS NULL
    ),
    (
        SELECT json_array(k.scheduled_on, json(k.departments), (
            SELECT json_group_array(i.person_id) FROM checkup_inspectors AS i
            WHERE i.checkup_id = k.id AND i.deleted_at IS NULL
        ))
        FROM checkups AS k WHERE k.case_id = c.id AND k.deleted_at IS NULL
        ORDER BY coalesce(k.started_on, k.scheduled_on, '') DESC, k.id DESC LIMIT 1
    ),
    (
        SELECT json_group_array(DISTINCT r.firm_id) FROM remedy_plans AS r
        WHERE r.case_id = c.id AND r.firm_id IS NOT NULL AND r.status <> 'superseded'
            AND r.deleted_at IS NULL
    ),
    (
        SELECT min(coalesce(s.extended_to, s.due_on)) FROM remedy_plans AS r
        JOIN plan_steps AS s ON s.alternative_id = r.chosen_id AND s.done_on IS NULL AND s.deleted_at IS NULL
        WHERE r.case_id = c.id AND r.status = 'accepted' AND r.deleted_at IS NULL
            AND c.stage = 'in_remedy'
    ),
    (
        SELECT count(*) FROM referrals AS r
        JOIN issued_documents AS d ON d.id = r.document_id AND d.voided_on IS NULL
        WHERE r.case_id = c.id AND r.reply_by IS NOT NULL AND r.replied_on IS NULL
            AND r.deleted_at IS NULL
    )
FROM cases AS c
LEFT JOIN enterprises AS e ON e.id = c.enterprise_id
LEFT JOIN parcels AS p ON p.id = c.parcel_id
WHERE c.deleted_at IS NULL AND c.stage <> 'archived'
ORDER BY c.nr
