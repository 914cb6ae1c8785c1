-- Every entry of the trail about a case or anything that hangs on it, oldest first. All of them are
-- of records that are seen.
WITH
alternatives (id) AS (
    SELECT x.id FROM plan_alternatives AS x JOIN remedy_plans AS k ON k.id = x.plan_id
    WHERE k.case_id = :case_id
),
own (id) AS (
    SELECT id FROM cases WHERE id = :case_id
    UNION ALL SELECT id FROM checkups WHERE case_id = :case_id
    UNION ALL SELECT id FROM evidence WHERE case_id = :case_id
    UNION ALL SELECT id FROM findings WHERE case_id = :case_id
    UNION ALL SELECT id FROM remedy_plans WHERE case_id = :case_id
    UNION ALL SELECT id FROM follow_ups WHERE case_id = :case_id
    UNION ALL SELECT id FROM metric_readings WHERE case_id = :case_id
    UNION ALL SELECT id FROM obstacles WHERE case_id = :case_id
    UNION ALL SELECT id FROM extensions WHERE case_id = :case_id
    UNION ALL SELECT id FROM rechecks WHERE case_id = :case_id
    UNION ALL SELECT id FROM issued_documents WHERE case_id = :case_id
    UNION ALL SELECT id FROM referrals WHERE case_id = :case_id
    UNION ALL SELECT id FROM joint_disposals WHERE case_id = :case_id
    UNION ALL SELECT x.id FROM checkup_inspectors AS x JOIN checkups AS k ON k.id = x.checkup_id
        WHERE k.case_id = :case_id
    UNION ALL SELECT x.id FROM item_results AS x JOIN checkups AS k ON k.id = x.checkup_id
        WHERE k.case_id = :case_id
    UNION ALL SELECT x.id FROM added_items AS x JOIN checkups AS k ON k.id = x.checkup_id
        WHERE k.case_id = :case_id
    UNION ALL SELECT x.id FROM signatures AS x JOIN checkups AS k ON k.id = x.checkup_id
        WHERE k.case_id = :case_id
    UNION ALL SELECT x.id FROM addenda AS x JOIN checkups AS k ON k.id = x.checkup_id
        WHERE k.case_id = :case_id
    UNION ALL SELECT x.id FROM evidence_links AS x JOIN evidence AS k ON k.id = x.evidence_id
        WHERE k.case_id = :case_id
    UNION ALL SELECT x.id FROM photo_pairs AS x JOIN findings AS k ON k.id = x.finding_id
        WHERE k.case_id = :case_id
    UNION ALL SELECT x.id FROM finding_events AS x JOIN findings AS k ON k.id = x.finding_id
        WHERE k.case_id = :case_id
    UNION ALL SELECT x.id FROM objections AS x JOIN findings AS k ON k.id = x.finding_id
        WHERE k.case_id = :case_id
    UNION ALL SELECT x.id FROM joint_findings AS x JOIN joint_disposals AS k ON k.id = x.joint_id
        WHERE k.case_id = :case_id
    UNION ALL SELECT x.id FROM joint_measures AS x JOIN joint_disposals AS k ON k.id = x.joint_id
        WHERE k.case_id = :case_id
    UNION ALL SELECT x.id FROM closures AS x JOIN findings AS k ON k.id = x.finding_id
        WHERE k.case_id = :case_id
    UNION ALL SELECT id FROM explanations WHERE case_id = :case_id
    UNION ALL SELECT id FROM look_backs WHERE case_id = :case_id
    UNION ALL SELECT x.id FROM referral_findings AS x JOIN referrals AS k ON k.id = x.referral_id
        WHERE k.case_id = :case_id
    UNION ALL SELECT x.id FROM slip_replies AS x JOIN referrals AS k ON k.id = x.referral_id
        WHERE k.case_id = :case_id
    UNION ALL SELECT x.id FROM signatures AS x JOIN rechecks AS k ON k.id = x.recheck_id
        WHERE k.case_id = :case_id
    UNION ALL SELECT x.id FROM plan_findings AS x JOIN remedy_plans AS k ON k.id = x.plan_id
        WHERE k.case_id = :case_id
    UNION ALL SELECT x.id FROM plan_comments AS x JOIN remedy_plans AS k ON k.id = x.plan_id
        WHERE k.case_id = :case_id
    UNION ALL SELECT x.id FROM plan_consents AS x JOIN remedy_plans AS k ON k.id = x.plan_id
        WHERE k.case_id = :case_id
    UNION ALL SELECT x.id FROM plan_effects AS x JOIN alternatives AS k ON k.id = x.alternative_id
    UNION ALL SELECT id FROM case_facts WHERE case_id = :case_id
    UNION ALL SELECT id FROM alternatives
    UNION ALL SELECT x.id FROM chosen_ways AS x JOIN alternatives AS k ON k.id = x.alternative_id
    UNION ALL SELECT x.id FROM plan_steps AS x JOIN alternatives AS k ON k.id = x.alternative_id
    UNION ALL SELECT x.id FROM plan_risks AS x JOIN alternatives AS k ON k.id = x.alternative_id
    UNION ALL SELECT x.id FROM plan_targets AS x JOIN alternatives AS k ON k.id = x.alternative_id
    UNION ALL SELECT x.id FROM recheck_results AS x JOIN rechecks AS k ON k.id = x.recheck_id
        WHERE k.case_id = :case_id
)
SELECT l.at, coalesce(who.name, ''), l.table_name, l.action, l.record_id, l.before, l.after
FROM own
CROSS JOIN trail_of_seen AS l ON l.record_id = own.id
LEFT JOIN people AS who ON who.id = l.actor_id
ORDER BY l.seq
