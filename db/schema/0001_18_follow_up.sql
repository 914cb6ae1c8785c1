-- Migration 1, part 18: figures that follow-ups report, obstacles, extensions.

-- What a metric was in a year, or in one of its quarters.
CREATE TABLE metric_readings (
    id TEXT NOT NULL PRIMARY KEY,
    follow_up_id TEXT NOT NULL REFERENCES follow_ups (id),
    case_id TEXT NOT NULL REFERENCES cases (id),
    metric TEXT NOT NULL,
    year INTEGER NOT NULL,
    quarter INTEGER CHECK (quarter BETWEEN 1 AND 4),
    value TEXT NOT NULL,
    unit TEXT NOT NULL,
    source TEXT NOT NULL,
    deleted_at TEXT
) STRICT;
CREATE INDEX metric_readings_by_case ON metric_readings (case_id);
CREATE INDEX metric_readings_by_follow_up ON metric_readings (follow_up_id);

-- What keeps a step, or the case as a whole, from going on.
CREATE TABLE obstacles (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    step_id TEXT REFERENCES plan_steps (id),
    cause TEXT NOT NULL,
    since_on TEXT NOT NULL,
    must_act TEXT NOT NULL,
    reported_by TEXT NOT NULL REFERENCES people (id),
    cleared_on TEXT,
    cleared_by TEXT REFERENCES people (id),
    cleared_how TEXT NOT NULL,
    deleted_at TEXT
) STRICT;
CREATE INDEX obstacles_by_case ON obstacles (case_id);

-- More time asked for a finding or a step; granted is empty while nobody decided.
CREATE TABLE extensions (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    finding_id TEXT REFERENCES findings (id),
    step_id TEXT REFERENCES plan_steps (id),
    was_on TEXT NOT NULL,
    to_on TEXT NOT NULL,
    reason TEXT NOT NULL,
    asked_by TEXT NOT NULL REFERENCES people (id),
    asked_on TEXT NOT NULL,
    granted INTEGER CHECK (granted IN (0, 1)),
    decided_by TEXT REFERENCES people (id),
    decided_at TEXT,
    opinion TEXT NOT NULL,
    deleted_at TEXT,
    CHECK ((finding_id IS NULL) <> (step_id IS NULL))
) STRICT;
CREATE INDEX extensions_by_case ON extensions (case_id);
CREATE INDEX extensions_by_finding ON extensions (finding_id);
CREATE INDEX extensions_by_step ON extensions (step_id);
