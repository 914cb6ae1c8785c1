-- Every deadline that is still ahead of somebody: findings not :settled, steps of kept plans, slips
-- without their reply, objections without an answer, visits, rechecks and look-backs to be made, and
-- engagements that run out. Of cases that are :ended only slips and look-backs.
WITH living AS (
    SELECT c.id, c.case_no, c.stage, c.stage IN (SELECT value FROM json_each(:ended)) AS ended,
        coalesce(e.name, nullif(p.name, ''), p.location, '') AS subject
    FROM cases AS c
    LEFT JOIN enterprises AS e ON e.id = c.enterprise_id
    LEFT JOIN parcels AS p ON p.id = c.parcel_id
    WHERE c.deleted_at IS NULL
)
SELECT 'finding' AS kind, f.id, c.id, c.case_no, c.subject, f.title, coalesce(o.name, ''),
    f.deadline_on AS due_on
FROM findings AS f
JOIN living AS c ON c.id = f.case_id AND NOT c.ended
LEFT JOIN organisations AS o ON o.id = f.assigned_by
WHERE f.deadline_on IS NOT NULL AND f.assigned_by IS NOT NULL AND f.deleted_at IS NULL
    AND f.state NOT IN (SELECT value FROM json_each(:settled))
UNION ALL
SELECT 'step', s.id, c.id, c.case_no, c.subject, s.title, s.responsible,
    coalesce(s.extended_to, s.due_on)
FROM remedy_plans AS r
JOIN living AS c ON c.id = r.case_id AND NOT c.ended
JOIN plan_steps AS s ON s.alternative_id = r.chosen_id AND s.deleted_at IS NULL
WHERE r.status = 'accepted' AND r.deleted_at IS NULL AND s.done_on IS NULL
    AND coalesce(s.extended_to, s.due_on) IS NOT NULL
UNION ALL
SELECT 'reply', r.id, c.id, c.case_no, c.subject, d.title, r.recipient, r.reply_by
FROM referrals AS r
JOIN living AS c ON c.id = r.case_id
JOIN issued_documents AS d ON d.id = r.document_id AND d.voided_on IS NULL
WHERE r.reply_by IS NOT NULL AND r.replied_on IS NULL AND r.deleted_at IS NULL
UNION ALL
SELECT 'answer', b.id, c.id, c.case_no, c.subject, f.title, coalesce(o.name, ''), b.answer_by
FROM objections AS b
JOIN findings AS f ON f.id = b.finding_id AND f.deleted_at IS NULL
JOIN living AS c ON c.id = f.case_id AND NOT c.ended
LEFT JOIN organisations AS o ON o.id = f.assigned_by
WHERE b.answer_by IS NOT NULL AND b.answered_on IS NULL AND b.deleted_at IS NULL
UNION ALL
SELECT 'visit', k.id, c.id, c.case_no, c.subject, '', coalesce((
    SELECT group_concat(w.name, '、') FROM checkup_inspectors AS i
    JOIN people AS w ON w.id = i.person_id
    WHERE i.checkup_id = k.id AND i.deleted_at IS NULL
), ''), k.scheduled_on
FROM checkups AS k
JOIN living AS c ON c.id = k.case_id AND c.stage = 'scheduled'
WHERE k.scheduled_on IS NOT NULL AND k.started_on IS NULL AND k.deleted_at IS NULL
UNION ALL
SELECT 'recheck', k.id, c.id, c.case_no, c.subject, '', coalesce(w.name, ''), k.planned_on
FROM rechecks AS k
JOIN living AS c ON c.id = k.case_id
LEFT JOIN people AS w ON w.id = k.inspector_id
WHERE k.planned_on IS NOT NULL AND k.done_on IS NULL AND k.deleted_at IS NULL
UNION ALL
SELECT 'look_back', b.id, c.id, c.case_no, c.subject, f.title, coalesce(w.name, o.name, ''),
    coalesce(b.planned_on, b.due_on)
FROM look_backs AS b
JOIN findings AS f ON f.id = b.finding_id AND f.deleted_at IS NULL
JOIN living AS c ON c.id = b.case_id
LEFT JOIN people AS w ON w.id = b.inspector_id
LEFT JOIN organisations AS o ON o.id = f.assigned_by
WHERE b.done_on IS NULL AND b.deleted_at IS NULL
UNION ALL
SELECT 'engagement', g.id, '', '', o.name, g.contract_no, o.name, g.to_on
FROM engagements AS g
JOIN organisations AS o ON o.id = g.firm_id
WHERE g.to_on IS NOT NULL AND g.ended_on IS NULL AND g.deleted_at IS NULL AND g.to_on >= :on
ORDER BY due_on, 4, 1, 2
