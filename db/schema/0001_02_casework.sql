-- Migration 1, part 2: contents, cases, checkups, evidence, findings.

-- Contents of evidence and issued papers, once each, under their SHA-256 (hex).
CREATE TABLE blobs (
    sha256 TEXT NOT NULL PRIMARY KEY,
    size INTEGER NOT NULL CHECK (size = length(content)),
    content BLOB NOT NULL
) STRICT;

-- One enterprise's (or, where the holder is unknown, one parcel's) way to closure.
CREATE TABLE cases (
    nr INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    case_no TEXT NOT NULL UNIQUE,
    enterprise_id TEXT REFERENCES enterprises (id),
    parcel_id TEXT REFERENCES parcels (id),
    stage TEXT NOT NULL CHECK (stage IN (
        'registered', 'scheduled', 'in_checkup', 'reported', 'in_remedy', 'closed', 'archived'
    )),
    origin TEXT NOT NULL CHECK (origin IN ('manual', 'screening', 'campaign')),
    carrier_id TEXT REFERENCES organisations (id),
    opened_on TEXT NOT NULL,
    due_on TEXT,
    closed_on TEXT,
    archived_on TEXT,
    pack TEXT NOT NULL,
    pack_version TEXT NOT NULL,
    summary TEXT NOT NULL,
    deleted_at TEXT
) STRICT;
CREATE INDEX cases_by_enterprise ON cases (enterprise_id);
CREATE INDEX cases_by_parcel ON cases (parcel_id);
CREATE INDEX cases_by_stage ON cases (stage, due_on);
CREATE INDEX cases_by_opening ON cases (opened_on, id) WHERE deleted_at IS NULL;

-- A joint visit; its answers are locked after finished_at.
CREATE TABLE checkups (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    pack TEXT NOT NULL,
    pack_version TEXT NOT NULL,
    departments TEXT NOT NULL CHECK (json_valid(departments)),
    campaign_id TEXT REFERENCES campaigns (id),
    scheduled_on TEXT,
    started_on TEXT,
    finished_at TEXT,
    finished_by TEXT REFERENCES people (id),
    enterprise_representative TEXT NOT NULL,
    representative_refused INTEGER NOT NULL CHECK (representative_refused IN (0, 1)),
    witness TEXT NOT NULL,
    refusal_reason TEXT NOT NULL,
    conclusion TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    deleted_at TEXT
) STRICT;
CREATE INDEX checkups_by_case ON checkups (case_id);

-- Who took part in a visit for which department.
CREATE TABLE checkup_inspectors (
    id TEXT NOT NULL PRIMARY KEY,
    checkup_id TEXT NOT NULL REFERENCES checkups (id),
    person_id TEXT NOT NULL REFERENCES people (id),
    department TEXT NOT NULL,
    deleted_at TEXT
) STRICT;
CREATE UNIQUE INDEX checkup_inspectors_by_checkup
    ON checkup_inspectors (checkup_id, person_id, department) WHERE deleted_at IS NULL;

-- The answer to one item of the checklist; outcome is empty until it is answered.
CREATE TABLE item_results (
    id TEXT NOT NULL PRIMARY KEY,
    checkup_id TEXT NOT NULL REFERENCES checkups (id),
    item_key TEXT NOT NULL,
    department TEXT NOT NULL,
    outcome TEXT CHECK (outcome IN ('ok', 'problem', 'not_applicable')),
    value TEXT,
    note TEXT NOT NULL,
    answered_by TEXT REFERENCES people (id),
    answered_at TEXT,
    deleted_at TEXT
) STRICT;
CREATE UNIQUE INDEX item_results_by_checkup ON item_results (checkup_id, item_key)
    WHERE deleted_at IS NULL;

-- Photos and files of a case's one pool.
CREATE TABLE evidence (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    sha256 TEXT NOT NULL REFERENCES blobs (sha256),
    file_name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    caption TEXT NOT NULL,
    taken_at TEXT,
    place TEXT NOT NULL,
    latitude TEXT,
    longitude TEXT,
    camera TEXT NOT NULL,
    turn INTEGER NOT NULL CHECK (turn BETWEEN 0 AND 3),
    marks TEXT NOT NULL CHECK (json_valid(marks)),
    added_by TEXT NOT NULL REFERENCES people (id),
    added_at TEXT NOT NULL,
    deleted_at TEXT
) STRICT;
CREATE INDEX evidence_by_case ON evidence (case_id);

-- What a piece of evidence proves; subject_id is a key of the table that subject_kind names.
CREATE TABLE evidence_links (
    id TEXT NOT NULL PRIMARY KEY,
    evidence_id TEXT NOT NULL REFERENCES evidence (id),
    subject_kind TEXT NOT NULL CHECK (subject_kind IN (
        'case', 'item_result', 'finding', 'rectification', 'follow_up', 'recheck_result',
        'closure', 'objection', 'referral', 'benefit'
    )),
    subject_id TEXT NOT NULL,
    deleted_at TEXT
) STRICT;
CREATE UNIQUE INDEX evidence_links_by_subject
    ON evidence_links (subject_id, subject_kind, evidence_id) WHERE deleted_at IS NULL;
CREATE INDEX evidence_links_by_evidence ON evidence_links (evidence_id);

-- Problems found; finding_no counts from 1 within the case.
CREATE TABLE findings (
    nr INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    case_id TEXT NOT NULL REFERENCES cases (id),
    finding_no INTEGER NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('item', 'rule', 'manual')),
    department TEXT NOT NULL,
    severity INTEGER NOT NULL CHECK (severity BETWEEN 1 AND 4),
    title TEXT NOT NULL,
    category TEXT,
    description TEXT NOT NULL,
    violated_on TEXT,
    parcel_id TEXT REFERENCES parcels (id),
    item_key TEXT,
    rule_key TEXT,
    bases TEXT NOT NULL CHECK (json_valid(bases)),
    demand TEXT NOT NULL,
    deadline_on TEXT,
    root_cause_key TEXT,
    root_cause TEXT NOT NULL,
    disposal TEXT NOT NULL CHECK (disposal IN (
        'immediate_fix', 'rectify', 'investigate', 'refer', 'notify', 'advise'
    )),
    state TEXT NOT NULL CHECK (state IN (
        'draft', 'confirmed', 'objected', 'assigned', 'planning', 'plan_review', 'rectifying',
        'submitted', 'recheck', 'closed', 'returned', 'look_back', 'rebound', 'transferred',
        'suspended', 'terminated'
    )),
    assigned_by TEXT REFERENCES organisations (id),
    assigned_on TEXT,
    rebounds INTEGER NOT NULL CHECK (rebounds >= 0),
    supervised INTEGER NOT NULL CHECK (supervised IN (0, 1)),
    interviewed INTEGER NOT NULL CHECK (interviewed IN (0, 1)),
    deleted_at TEXT
) STRICT;
CREATE UNIQUE INDEX findings_by_case ON findings (case_id, finding_no) WHERE deleted_at IS NULL;
CREATE INDEX findings_by_parcel ON findings (parcel_id) WHERE parcel_id IS NOT NULL;
CREATE INDEX findings_by_deadline ON findings (deadline_on, id) WHERE deleted_at IS NULL;

-- The moves of a finding, in the order they happened.
CREATE TABLE finding_events (
    id TEXT NOT NULL PRIMARY KEY,
    finding_id TEXT NOT NULL REFERENCES findings (id),
    at TEXT NOT NULL,
    actor_id TEXT NOT NULL REFERENCES people (id),
    move TEXT NOT NULL,
    from_state TEXT NOT NULL,
    to_state TEXT NOT NULL,
    reason TEXT NOT NULL,
    deleted_at TEXT
) STRICT;
CREATE INDEX finding_events_by_finding ON finding_events (finding_id);
