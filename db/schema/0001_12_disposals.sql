-- Migration 1, part 12: objections, slips to other authorities, joint disposal.

-- The enterprise objects to a finding; answered by another person.
CREATE TABLE objections (
    id TEXT NOT NULL PRIMARY KEY,
    finding_id TEXT NOT NULL REFERENCES findings (id),
    raised_on TEXT NOT NULL,
    raised_by TEXT NOT NULL,
    ground TEXT NOT NULL,
    recorded_by TEXT NOT NULL REFERENCES people (id),
    answer_by TEXT NOT NULL,
    answered_on TEXT,
    answered_by TEXT REFERENCES people (id),
    upheld INTEGER CHECK (upheld IN (0, 1)),
    answer TEXT NOT NULL,
    deleted_at TEXT
) STRICT;
CREATE INDEX objections_by_finding ON objections (finding_id);

-- A slip to another authority; number, paper and whether it was voided are its document's.
CREATE TABLE referrals (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    finding_id TEXT NOT NULL REFERENCES findings (id),
    document_id TEXT NOT NULL REFERENCES issued_documents (id),
    kind TEXT NOT NULL CHECK (kind IN ('transfer', 'notice')),
    recipient TEXT NOT NULL,
    from_organisation_id TEXT NOT NULL REFERENCES organisations (id),
    facts TEXT NOT NULL,
    request TEXT NOT NULL,
    attachments TEXT NOT NULL CHECK (json_valid(attachments)),
    reply_by TEXT,
    received_on TEXT,
    received_by TEXT NOT NULL,
    replied_on TEXT,
    accepted INTEGER CHECK (accepted IN (0, 1)),
    reply TEXT NOT NULL,
    deleted_at TEXT
) STRICT;
CREATE INDEX referrals_by_case ON referrals (case_id);
CREATE INDEX referrals_by_finding ON referrals (finding_id);
CREATE INDEX referrals_by_document ON referrals (document_id);
CREATE INDEX referrals_waiting ON referrals (reply_by)
    WHERE replied_on IS NULL AND deleted_at IS NULL;

-- Findings of several departments with one cause, dealt with together.
CREATE TABLE joint_disposals (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    joint_no INTEGER NOT NULL,
    cause TEXT NOT NULL,
    lead TEXT NOT NULL,
    departments TEXT NOT NULL CHECK (json_valid(departments)),
    opened_on TEXT NOT NULL,
    opened_by TEXT NOT NULL REFERENCES people (id),
    root_cause_key TEXT,
    record TEXT NOT NULL,
    concluded_on TEXT,
    concluded_by TEXT REFERENCES people (id),
    deleted_at TEXT
) STRICT;
CREATE UNIQUE INDEX joint_disposals_by_case ON joint_disposals (case_id, joint_no);

-- Which findings it binds, each to one at a time.
CREATE TABLE joint_findings (
    id TEXT NOT NULL PRIMARY KEY,
    joint_id TEXT NOT NULL REFERENCES joint_disposals (id),
    finding_id TEXT NOT NULL REFERENCES findings (id),
    deleted_at TEXT
) STRICT;
CREATE INDEX joint_findings_by_joint ON joint_findings (joint_id);
CREATE UNIQUE INDEX joint_findings_by_finding ON joint_findings (finding_id)
    WHERE deleted_at IS NULL;

-- Who does what until when.
CREATE TABLE joint_measures (
    id TEXT NOT NULL PRIMARY KEY,
    joint_id TEXT NOT NULL REFERENCES joint_disposals (id),
    position INTEGER NOT NULL,
    department TEXT NOT NULL,
    measure TEXT NOT NULL,
    responsible TEXT NOT NULL,
    due_on TEXT,
    done_on TEXT,
    result TEXT NOT NULL,
    deleted_at TEXT
) STRICT;
CREATE INDEX joint_measures_by_joint ON joint_measures (joint_id, position);
