-- Migration 1, part 3: engagements, plans, follow-up, rechecks, closures, papers.

-- A carrier's contract with a service firm, for all its enterprises or for those listed with it
-- (part 14). to_on and ended_on are last days.
CREATE TABLE engagements (
    id TEXT NOT NULL PRIMARY KEY,
    firm_id TEXT NOT NULL REFERENCES organisations (id),
    carrier_id TEXT NOT NULL REFERENCES organisations (id),
    from_on TEXT NOT NULL,
    to_on TEXT,
    contract_no TEXT NOT NULL,
    fee_wan TEXT,
    scope TEXT NOT NULL,
    covers_all INTEGER NOT NULL CHECK (covers_all IN (0, 1)),
    ended_on TEXT,
    end_reason TEXT NOT NULL,
    note TEXT NOT NULL,
    deleted_at TEXT
) STRICT;
CREATE INDEX engagements_by_firm ON engagements (firm_id);
CREATE INDEX engagements_by_carrier ON engagements (carrier_id);

-- One version of a plan for some findings of a case; each stays as it was handed in.
CREATE TABLE remedy_plans (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    copy_of TEXT REFERENCES remedy_plans (id),
    firm_id TEXT REFERENCES organisations (id),
    version INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (status IN (
        'draft', 'submitted', 'returned', 'accepted', 'superseded'
    )),
    cause_analysis TEXT NOT NULL,
    recommended_id TEXT REFERENCES plan_alternatives (id),
    chosen_id TEXT REFERENCES plan_alternatives (id),
    prepared_by TEXT REFERENCES people (id),
    submitted_at TEXT,
    decided_by TEXT REFERENCES people (id),
    decided_at TEXT,
    decision_note TEXT NOT NULL,
    deleted_at TEXT
) STRICT;
CREATE INDEX remedy_plans_by_case ON remedy_plans (case_id);
CREATE INDEX remedy_plans_by_copy ON remedy_plans (copy_of);

-- Which findings a plan answers.
CREATE TABLE plan_findings (
    id TEXT NOT NULL PRIMARY KEY,
    plan_id TEXT NOT NULL REFERENCES remedy_plans (id),
    finding_id TEXT NOT NULL REFERENCES findings (id),
    deleted_at TEXT
) STRICT;
CREATE UNIQUE INDEX plan_findings_by_plan ON plan_findings (plan_id, finding_id)
    WHERE deleted_at IS NULL;
CREATE INDEX plan_findings_by_finding ON plan_findings (finding_id);

-- Entries of the follow-up (跟踪问效); one that was wrong is corrected by another.
CREATE TABLE follow_ups (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    happened_on TEXT NOT NULL,
    content TEXT NOT NULL,
    author_id TEXT NOT NULL REFERENCES people (id),
    percent INTEGER CHECK (percent BETWEEN 0 AND 100),
    plan_id TEXT REFERENCES remedy_plans (id),
    step_id TEXT REFERENCES plan_steps (id),
    corrects_id TEXT REFERENCES follow_ups (id),
    deleted_at TEXT
) STRICT;
CREATE INDEX follow_ups_by_case ON follow_ups (case_id, happened_on);
CREATE INDEX follow_ups_by_step ON follow_ups (step_id);
CREATE INDEX follow_ups_by_correction ON follow_ups (corrects_id);

-- A second look at findings (复检, 回头看).
CREATE TABLE rechecks (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    kind TEXT NOT NULL CHECK (kind IN ('recheck', 'look_back')),
    planned_on TEXT,
    done_on TEXT,
    inspector_id TEXT REFERENCES people (id),
    summary TEXT NOT NULL,
    enterprise_representative TEXT NOT NULL,
    representative_refused INTEGER NOT NULL CHECK (representative_refused IN (0, 1)),
    witness TEXT NOT NULL,
    refusal_reason TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    deleted_at TEXT
) STRICT;
CREATE INDEX rechecks_by_case ON rechecks (case_id);

-- What the second look found of one finding; passed is empty while it is not judged. What is put
-- right in part has not passed: remains says what is left.
CREATE TABLE recheck_results (
    id TEXT NOT NULL PRIMARY KEY,
    recheck_id TEXT NOT NULL REFERENCES rechecks (id),
    finding_id TEXT NOT NULL REFERENCES findings (id),
    passed INTEGER CHECK (passed IN (0, 1)),
    partly INTEGER NOT NULL CHECK (partly = 0 OR (partly = 1 AND passed = 0)),
    value TEXT,
    note TEXT NOT NULL,
    remains TEXT NOT NULL,
    new_deadline_on TEXT,
    deleted_at TEXT
) STRICT;
CREATE UNIQUE INDEX recheck_results_by_recheck ON recheck_results (recheck_id, finding_id)
    WHERE deleted_at IS NULL;
CREATE INDEX recheck_results_by_finding ON recheck_results (finding_id);

-- A request to close a finding (销号) and the second person's decision.
CREATE TABLE closures (
    id TEXT NOT NULL PRIMARY KEY,
    finding_id TEXT NOT NULL REFERENCES findings (id),
    requested_by TEXT NOT NULL REFERENCES people (id),
    requested_at TEXT NOT NULL,
    ground TEXT NOT NULL,
    benefit TEXT NOT NULL,
    no_benefit TEXT,
    decided_by TEXT REFERENCES people (id),
    decided_at TEXT,
    approved INTEGER CHECK (approved IN (0, 1)),
    opinion TEXT NOT NULL,
    conditions TEXT NOT NULL CHECK (json_valid(conditions)),
    missing TEXT NOT NULL CHECK (json_valid(missing)),
    plan_id TEXT REFERENCES remedy_plans (id),
    rebounded_on TEXT,
    deleted_at TEXT
) STRICT;
CREATE INDEX closures_by_finding ON closures (finding_id);

-- Papers as they left the house, with their numbers. A voided paper keeps its number.
CREATE TABLE issued_documents (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    kind TEXT NOT NULL,
    code TEXT NOT NULL,
    year INTEGER NOT NULL,
    number INTEGER NOT NULL,
    title TEXT NOT NULL,
    issued_on TEXT NOT NULL,
    issued_by TEXT NOT NULL REFERENCES people (id),
    sha256 TEXT NOT NULL REFERENCES blobs (sha256),
    pages INTEGER NOT NULL,
    voided_on TEXT,
    void_reason TEXT NOT NULL,
    deleted_at TEXT
) STRICT;
CREATE UNIQUE INDEX issued_documents_by_number ON issued_documents (code, year, number);
CREATE INDEX issued_documents_by_case ON issued_documents (case_id);
