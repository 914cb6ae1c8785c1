-- Migration 1, part 15: ways out. What decides over them and stands nowhere else, and the choice.

-- Rights and limits of a parcel: one row, its changes are in the trail.
CREATE TABLE land_standings (
    id TEXT NOT NULL PRIMARY KEY,
    parcel_id TEXT NOT NULL REFERENCES parcels (id),
    checked_on TEXT,
    seized INTEGER CHECK (seized IN (0, 1)),
    seized_by TEXT NOT NULL,
    seized_until TEXT,
    mortgaged INTEGER CHECK (mortgaged IN (0, 1)),
    mortgagee TEXT NOT NULL,
    mortgagee_agrees INTEGER CHECK (mortgagee_agrees IN (0, 1)),
    soil_supervised INTEGER CHECK (soil_supervised IN (0, 1)),
    soil_surveyed INTEGER CHECK (soil_surveyed IN (0, 1)),
    soil_surveyed_on TEXT,
    in_park INTEGER CHECK (in_park IN (0, 1)),
    low_efficient INTEGER CHECK (low_efficient IN (0, 1)),
    low_efficient_on TEXT,
    note TEXT NOT NULL,
    deleted_at TEXT
) STRICT;
CREATE UNIQUE INDEX land_standings_by_parcel ON land_standings (parcel_id)
    WHERE deleted_at IS NULL;

-- What was found out for a case about one thing that a way out asks.
CREATE TABLE case_facts (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    fact TEXT NOT NULL,
    holds INTEGER CHECK (holds IN (0, 1)),
    value TEXT,
    note TEXT NOT NULL,
    deleted_at TEXT
) STRICT;
CREATE UNIQUE INDEX case_facts_by_case ON case_facts (case_id, fact) WHERE deleted_at IS NULL;

-- Which way out an alternative of a plan chooses for which finding, and how it stood then.
CREATE TABLE chosen_ways (
    id TEXT NOT NULL PRIMARY KEY,
    alternative_id TEXT NOT NULL REFERENCES plan_alternatives (id),
    finding_id TEXT NOT NULL REFERENCES findings (id),
    way TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'open_if', 'barred')),
    chosen_on TEXT NOT NULL,
    chosen_by TEXT NOT NULL REFERENCES people (id),
    reasons TEXT NOT NULL CHECK (json_valid(reasons)),
    why TEXT NOT NULL,
    deleted_at TEXT
) STRICT;
CREATE UNIQUE INDEX chosen_ways_by_alternative ON chosen_ways (alternative_id, finding_id, way)
    WHERE deleted_at IS NULL;
CREATE INDEX chosen_ways_by_finding ON chosen_ways (finding_id);
