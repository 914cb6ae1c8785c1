-- Migration 1, part 16: what a version of a remedy plan holds.

-- 备选方案: the ways to go that a plan sets side by side.
CREATE TABLE plan_alternatives (
    id TEXT NOT NULL PRIMARY KEY,
    plan_id TEXT NOT NULL REFERENCES remedy_plans (id),
    position INTEGER NOT NULL,
    copy_of TEXT REFERENCES plan_alternatives (id),
    name TEXT NOT NULL,
    measures TEXT NOT NULL,
    no_target_reason TEXT NOT NULL,
    deleted_at TEXT
) STRICT;
CREATE INDEX plan_alternatives_by_plan ON plan_alternatives (plan_id, position);

-- What is done by whom until when.
CREATE TABLE plan_steps (
    id TEXT NOT NULL PRIMARY KEY,
    alternative_id TEXT NOT NULL REFERENCES plan_alternatives (id),
    position INTEGER NOT NULL,
    copy_of TEXT REFERENCES plan_steps (id),
    title TEXT NOT NULL,
    responsible TEXT NOT NULL,
    starts_on TEXT,
    due_on TEXT,
    result TEXT NOT NULL,
    cost_wan TEXT,
    payer TEXT NOT NULL,
    done_on TEXT,
    extended_to TEXT,
    deleted_at TEXT
) STRICT;
CREATE INDEX plan_steps_by_alternative ON plan_steps (alternative_id, position);

-- What may go wrong, and what is done about it.
CREATE TABLE plan_risks (
    id TEXT NOT NULL PRIMARY KEY,
    alternative_id TEXT NOT NULL REFERENCES plan_alternatives (id),
    position INTEGER NOT NULL,
    copy_of TEXT REFERENCES plan_risks (id),
    risk TEXT NOT NULL,
    likelihood TEXT CHECK (likelihood IN ('low', 'medium', 'high')),
    answer TEXT NOT NULL,
    deleted_at TEXT
) STRICT;
CREATE INDEX plan_risks_by_alternative ON plan_risks (alternative_id, position);

-- Expected figures of a year.
CREATE TABLE plan_targets (
    id TEXT NOT NULL PRIMARY KEY,
    alternative_id TEXT NOT NULL REFERENCES plan_alternatives (id),
    metric TEXT NOT NULL,
    year INTEGER NOT NULL,
    baseline TEXT,
    target TEXT,
    deleted_at TEXT
) STRICT;
CREATE UNIQUE INDEX plan_targets_by_alternative ON plan_targets (alternative_id, metric, year)
    WHERE deleted_at IS NULL;

-- Remarks of those who review, each answered or settled.
CREATE TABLE plan_comments (
    id TEXT NOT NULL PRIMARY KEY,
    plan_id TEXT NOT NULL REFERENCES remedy_plans (id),
    part TEXT NOT NULL CHECK (part IN (
        'whole', 'cause', 'ways', 'measures', 'steps', 'risks', 'targets'
    )),
    record_id TEXT,
    text TEXT NOT NULL,
    written_by TEXT NOT NULL REFERENCES people (id),
    written_at TEXT NOT NULL,
    answer TEXT NOT NULL,
    answered_by TEXT REFERENCES people (id),
    answered_at TEXT,
    settled_by TEXT REFERENCES people (id),
    settled_at TEXT,
    deleted_at TEXT
) STRICT;
CREATE INDEX plan_comments_by_plan ON plan_comments (plan_id);

-- 企业意见, with the hash of what it was about.
CREATE TABLE plan_consents (
    id TEXT NOT NULL PRIMARY KEY,
    plan_id TEXT NOT NULL REFERENCES remedy_plans (id),
    alternative_id TEXT NOT NULL REFERENCES plan_alternatives (id),
    kind TEXT NOT NULL CHECK (kind IN ('signed', 'paper', 'refused')),
    name TEXT NOT NULL,
    given_at TEXT NOT NULL,
    recorded_by TEXT NOT NULL REFERENCES people (id),
    content_hash TEXT NOT NULL,
    reason TEXT NOT NULL,
    strokes TEXT NOT NULL CHECK (json_valid(strokes)),
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    evidence_id TEXT REFERENCES evidence (id),
    deleted_at TEXT
) STRICT;
CREATE INDEX plan_consents_by_plan ON plan_consents (plan_id);

-- Templates of the county's own, beside those of the rule pack.
CREATE TABLE plan_templates (
    id TEXT NOT NULL PRIMARY KEY,
    template TEXT NOT NULL CHECK (json_valid(template)),
    made_by TEXT NOT NULL REFERENCES people (id),
    made_at TEXT NOT NULL,
    deleted_at TEXT
) STRICT;
