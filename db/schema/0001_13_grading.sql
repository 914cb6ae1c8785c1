-- Migration 1, part 13: 亩均效益评价. What a run was made from is frozen with it, so that it can be
-- shown and repeated later: the scheme as JSON in the run, the figures in its subjects.

CREATE TABLE grading_runs (
    id TEXT NOT NULL PRIMARY KEY,
    year INTEGER NOT NULL,
    scheme TEXT NOT NULL CHECK (json_valid(scheme)),
    pack_key TEXT NOT NULL,
    pack_version TEXT NOT NULL,
    made_on TEXT NOT NULL,
    made_by TEXT NOT NULL REFERENCES people (id),
    state TEXT NOT NULL CHECK (state IN ('draft', 'notice', 'final', 'taken_back')),
    standards TEXT NOT NULL CHECK (json_valid(standards)),
    notice_from TEXT,
    notice_until TEXT,
    final_on TEXT,
    final_by TEXT REFERENCES people (id),
    taken_back_on TEXT,
    taken_back_by TEXT REFERENCES people (id),
    reason TEXT NOT NULL,
    note TEXT NOT NULL,
    deleted_at TEXT
) STRICT;
-- One grading of a year holds.
CREATE UNIQUE INDEX grading_runs_final ON grading_runs (year)
    WHERE state = 'final' AND deleted_at IS NULL;

-- The enterprises of a run with their figures as they were. A record that is merged into another
-- later stays named here: the run is about what was on record then.
CREATE TABLE grading_subjects (
    id TEXT NOT NULL PRIMARY KEY,
    run_id TEXT NOT NULL REFERENCES grading_runs (id),
    enterprise_id TEXT NOT NULL REFERENCES enterprises (id),
    name TEXT NOT NULL,
    uscc TEXT,
    industry_code TEXT,
    industry_name TEXT NOT NULL,
    carrier_id TEXT REFERENCES organisations (id),
    scale TEXT CHECK (scale IN ('above', 'below')),
    scale_doubt INTEGER NOT NULL CHECK (scale_doubt IN (0, 1)),
    together TEXT NOT NULL,
    reported INTEGER NOT NULL CHECK (reported IN (0, 1)),
    land_m2 TEXT,
    land_source TEXT CHECK (land_source IN ('used', 'stated', 'supplied')),
    tax_wan TEXT,
    revenue_wan TEXT,
    value_added_wan TEXT,
    energy_tce TEXT,
    rnd_wan TEXT,
    staff_average TEXT,
    upgrade_investment_wan TEXT,
    emissions_t TEXT,
    previous_grade TEXT,
    recorded_grade TEXT,
    deleted_at TEXT
) STRICT;
CREATE INDEX grading_subjects_by_run ON grading_subjects (run_id, together);
CREATE INDEX grading_subjects_by_enterprise ON grading_subjects (enterprise_id);
-- Frozen: only the mark of deletion may change.
CREATE TRIGGER grading_subjects_frozen BEFORE UPDATE OF
    run_id, enterprise_id, name, uscc, industry_code, industry_name, carrier_id, scale,
    scale_doubt, together, reported, land_m2, land_source, tax_wan, revenue_wan, value_added_wan,
    energy_tce, rnd_wan, staff_average, upgrade_investment_wan, emissions_t, previous_grade,
    recorded_grade
ON grading_subjects
BEGIN
    SELECT raise(ABORT, 'what a grading was made from does not change');
END;

CREATE TABLE grading_results (
    id TEXT NOT NULL PRIMARY KEY,
    run_id TEXT NOT NULL REFERENCES grading_runs (id),
    subject_id TEXT NOT NULL REFERENCES grading_subjects (id),
    enterprise_id TEXT NOT NULL REFERENCES enterprises (id),
    scale TEXT CHECK (scale IN ('above', 'below')),
    score TEXT,
    rank INTEGER,
    tied INTEGER NOT NULL,
    lifted INTEGER NOT NULL CHECK (lifted IN (0, 1)),
    grade_by_rank TEXT,
    grade TEXT,
    bonus TEXT NOT NULL,
    vetoes TEXT NOT NULL CHECK (json_valid(vetoes)),
    lacking TEXT NOT NULL CHECK (json_valid(lacking)),
    stood_in TEXT NOT NULL CHECK (json_valid(stood_in)),
    regraded_from TEXT,
    written_over TEXT,
    deleted_at TEXT
) STRICT;
CREATE INDEX grading_results_by_run ON grading_results (run_id, rank);
CREATE INDEX grading_results_by_subject ON grading_results (subject_id);
CREATE INDEX grading_results_by_enterprise ON grading_results (enterprise_id);

-- Bonus points and vetoes, each with a reason.
CREATE TABLE grading_marks (
    id TEXT NOT NULL PRIMARY KEY,
    run_id TEXT NOT NULL REFERENCES grading_runs (id),
    enterprise_id TEXT NOT NULL REFERENCES enterprises (id),
    kind TEXT NOT NULL CHECK (kind IN ('bonus', 'veto')),
    reason TEXT NOT NULL,
    made_by TEXT NOT NULL REFERENCES people (id),
    points TEXT,
    veto TEXT,
    deleted_at TEXT
) STRICT;
CREATE INDEX grading_marks_by_run ON grading_marks (run_id);

-- Objections of enterprises and re-gradings; who approves is never who proposed.
CREATE TABLE grading_objections (
    id TEXT NOT NULL PRIMARY KEY,
    run_id TEXT NOT NULL REFERENCES grading_runs (id),
    enterprise_id TEXT NOT NULL REFERENCES enterprises (id),
    raised_on TEXT NOT NULL,
    claim TEXT NOT NULL,
    raised_by TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'rejected', 'proposed', 'approved')),
    new_grade TEXT,
    answer TEXT NOT NULL,
    answered_by TEXT REFERENCES people (id),
    answered_on TEXT,
    approved_by TEXT REFERENCES people (id),
    approved_on TEXT,
    approval TEXT NOT NULL,
    deleted_at TEXT
) STRICT;
CREATE INDEX grading_objections_by_run ON grading_objections (run_id);
