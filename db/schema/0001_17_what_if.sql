-- Migration 1, part 17: what-if scenarios of an enterprise, and a plan's expected effect.

-- A scenario says against which grading it was worked out, and what came out of it then.
CREATE TABLE scenarios (
    id TEXT NOT NULL PRIMARY KEY,
    enterprise_id TEXT NOT NULL REFERENCES enterprises (id),
    run_id TEXT NOT NULL REFERENCES grading_runs (id),
    name TEXT NOT NULL,
    base_year INTEGER NOT NULL,
    stages TEXT NOT NULL CHECK (json_valid(stages)),
    before TEXT NOT NULL CHECK (json_valid(before)),
    after TEXT NOT NULL CHECK (json_valid(after)),
    pack_version TEXT NOT NULL,
    made_by TEXT NOT NULL REFERENCES people (id),
    made_on TEXT NOT NULL,
    parcel_id TEXT REFERENCES parcels (id),
    note TEXT NOT NULL,
    deleted_at TEXT
) STRICT;
CREATE INDEX scenarios_by_enterprise ON scenarios (enterprise_id);

-- What an alternative of a plan took over from a scenario: a copy, so that it stays what it was.
CREATE TABLE plan_effects (
    id TEXT NOT NULL PRIMARY KEY,
    alternative_id TEXT NOT NULL REFERENCES plan_alternatives (id),
    scenario_id TEXT NOT NULL REFERENCES scenarios (id),
    scenario_name TEXT NOT NULL,
    run_id TEXT NOT NULL REFERENCES grading_runs (id),
    base_year INTEGER NOT NULL,
    scheme_name TEXT NOT NULL,
    pack_version TEXT NOT NULL,
    levers TEXT NOT NULL CHECK (json_valid(levers)),
    indicators TEXT NOT NULL CHECK (json_valid(indicators)),
    limits TEXT NOT NULL CHECK (json_valid(limits)),
    before TEXT NOT NULL CHECK (json_valid(before)),
    after TEXT NOT NULL CHECK (json_valid(after)),
    taken_by TEXT NOT NULL REFERENCES people (id),
    taken_on TEXT NOT NULL,
    deleted_at TEXT
) STRICT;
CREATE UNIQUE INDEX plan_effects_by_alternative ON plan_effects (alternative_id)
    WHERE deleted_at IS NULL;
