-- Migration 1, part 19: what closing rests on and what comes after it; more about slips.

-- What was left open when closure was asked for, settled in words. `about` names it by its kind
-- and key; finding_id is empty where it is about the case as a whole.
CREATE TABLE explanations (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    about TEXT NOT NULL,
    text TEXT NOT NULL,
    given_by TEXT NOT NULL REFERENCES people (id),
    given_at TEXT NOT NULL,
    finding_id TEXT REFERENCES findings (id),
    deleted_at TEXT
) STRICT;
CREATE INDEX explanations_by_case ON explanations (case_id, finding_id);

-- 回头看 at a closed finding: when it is due, for when it is set, what it showed.
CREATE TABLE look_backs (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    finding_id TEXT NOT NULL REFERENCES findings (id),
    closure_id TEXT NOT NULL REFERENCES closures (id),
    due_on TEXT NOT NULL,
    planned_on TEXT,
    inspector_id TEXT REFERENCES people (id),
    result_id TEXT REFERENCES recheck_results (id),
    done_on TEXT,
    stayed INTEGER CHECK (stayed IN (0, 1)),
    deleted_at TEXT
) STRICT;
CREATE INDEX look_backs_by_finding ON look_backs (finding_id, due_on);
CREATE INDEX look_backs_by_case ON look_backs (case_id);
CREATE INDEX look_backs_due ON look_backs (due_on) WHERE done_on IS NULL AND deleted_at IS NULL;

-- The further findings a slip is about, beside the one it went out from.
CREATE TABLE referral_findings (
    id TEXT NOT NULL PRIMARY KEY,
    referral_id TEXT NOT NULL REFERENCES referrals (id),
    finding_id TEXT NOT NULL REFERENCES findings (id),
    deleted_at TEXT
) STRICT;
CREATE UNIQUE INDEX referral_findings_by_referral ON referral_findings (referral_id, finding_id)
    WHERE deleted_at IS NULL;
CREATE INDEX referral_findings_by_finding ON referral_findings (finding_id);

-- Every reply as it was logged; a later entry corrects an earlier one and says why. The last one
-- is what the slip itself says.
CREATE TABLE slip_replies (
    id TEXT NOT NULL PRIMARY KEY,
    referral_id TEXT NOT NULL REFERENCES referrals (id),
    number INTEGER NOT NULL,
    replied_on TEXT NOT NULL,
    reply TEXT NOT NULL,
    logged_by TEXT NOT NULL REFERENCES people (id),
    logged_at TEXT NOT NULL,
    accepted INTEGER CHECK (accepted IN (0, 1)),
    corrects TEXT REFERENCES slip_replies (id),
    reason TEXT NOT NULL,
    deleted_at TEXT
) STRICT;
CREATE UNIQUE INDEX slip_replies_by_referral ON slip_replies (referral_id, number);
CREATE TRIGGER slip_replies_fixed BEFORE UPDATE ON slip_replies
BEGIN SELECT RAISE(ABORT, 'slip_replies: nothing here may be changed'); END;
