-- Migration 1, part 1: who takes part, and the register.
--
-- Rules of this file, for whoever upgrades from it:
--   * Column names are the field names of the records in landsteward/domain; a test compares them.
--   * Keys are UUIDv7 text. Rows are never deleted: deleted_at says when one was marked.
--   * Decimals are TEXT, so that they stay exact; lists sort by their REAL value. Days are TEXT
--     yyyy-mm-dd, moments are TEXT with their UTC offset, lists are JSON TEXT, truth is 0 or 1.
--   * Uniqueness counts live rows only, except for numbers of papers: a number stays used.
--   * nr is the place of a row in what is derived from it (see part 4); it means nothing elsewhere.
--   * The triggers that keep the trail are made by db/audit.py from the tables as they are, after
--     every migration. Search and figures of lists follow the trail (db/derived.py), so what only
--     lists sort by has its index there: imports need not wait for it.

-- Departments, carriers (counties and zones) and service firms.
CREATE TABLE organisations (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('department', 'carrier', 'service_firm', 'other')),
    name TEXT NOT NULL,
    code TEXT,
    department TEXT,
    firm_kind TEXT CHECK (firm_kind IN ('law', 'accounting', 'other')),
    contact TEXT NOT NULL,
    phone TEXT NOT NULL,
    note TEXT NOT NULL,
    deleted_at TEXT
) STRICT;
CREATE UNIQUE INDEX organisations_by_name ON organisations (kind, name) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX organisations_by_carrier_code ON organisations (code)
    WHERE kind = 'carrier' AND code IS NOT NULL AND deleted_at IS NULL;

-- Those who work in the program. Names repeat; two people of one name are two rows.
CREATE TABLE people (
    id TEXT NOT NULL PRIMARY KEY,
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN (
        'inspector', 'department_lead', 'carrier_officer', 'consultant', 'administrator', 'reader'
    )),
    phone TEXT NOT NULL,
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    qualification TEXT NOT NULL,
    licence_no TEXT NOT NULL,
    deleted_at TEXT
) STRICT;
CREATE INDEX people_by_organisation ON people (organisation_id);

-- One row for each import of one file.
CREATE TABLE import_batches (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    imported_at TEXT NOT NULL,
    imported_by TEXT NOT NULL REFERENCES people (id),
    reading TEXT NOT NULL,
    rows INTEGER NOT NULL,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    unchanged INTEGER NOT NULL,
    rejected INTEGER NOT NULL,
    deleted_at TEXT
) STRICT;
CREATE INDEX import_batches_by_file ON import_batches (sha256);

-- Refused rows, kept with their reason so that they can be mended and imported again.
CREATE TABLE import_rejects (
    id TEXT NOT NULL PRIMARY KEY,
    batch_id TEXT NOT NULL REFERENCES import_batches (id),
    row INTEGER NOT NULL,
    "column" TEXT NOT NULL,
    value TEXT NOT NULL,
    reason TEXT NOT NULL,
    cells TEXT NOT NULL CHECK (json_valid(cells)),
    deleted_at TEXT
) STRICT;
CREATE INDEX import_rejects_by_batch ON import_rejects (batch_id, row);

-- Enterprises, and persons who hold land like one.
CREATE TABLE enterprises (
    nr INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    short_name TEXT NOT NULL,
    formerly TEXT NOT NULL,
    merged_into TEXT REFERENCES enterprises (id),
    kind TEXT NOT NULL CHECK (kind IN ('organisation', 'person')),
    uscc TEXT,
    uscc_reason TEXT NOT NULL,
    industry_code TEXT,
    industry_name TEXT NOT NULL,
    scale TEXT CHECK (scale IN ('above', 'below')),
    industry_policy TEXT CHECK (
        industry_policy IN ('encouraged', 'allowed', 'restricted', 'phased_out')
    ),
    production TEXT CHECK (production IN ('normal', 'half_stopped', 'stopped')),
    production_since TEXT,
    carrier_id TEXT REFERENCES organisations (id),
    district TEXT NOT NULL,
    address TEXT NOT NULL,
    legal_representative TEXT NOT NULL,
    contact TEXT NOT NULL,
    phone TEXT NOT NULL,
    note TEXT NOT NULL,
    batch_id TEXT REFERENCES import_batches (id),
    deleted_at TEXT
) STRICT;
CREATE UNIQUE INDEX enterprises_by_uscc ON enterprises (uscc)
    WHERE uscc IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX enterprises_by_name_key ON enterprises (name_key);
CREATE INDEX enterprises_by_survivor ON enterprises (merged_into) WHERE merged_into IS NOT NULL;

-- Pairs that look like one enterprise and are two, as a person found.
CREATE TABLE not_the_same (
    id TEXT NOT NULL PRIMARY KEY,
    first_id TEXT NOT NULL REFERENCES enterprises (id),
    second_id TEXT NOT NULL REFERENCES enterprises (id),
    deleted_at TEXT
) STRICT;
CREATE INDEX not_the_same_by_first ON not_the_same (first_id);
CREATE INDEX not_the_same_by_second ON not_the_same (second_id);

-- Parcels of land (宗地).
CREATE TABLE parcels (
    nr INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    district TEXT NOT NULL,
    location TEXT NOT NULL,
    area_m2 TEXT,
    land_use TEXT NOT NULL,
    ratio_floor_m2 TEXT,
    floor_m2 TEXT,
    footprint_m2 TEXT,
    office_land_m2 TEXT,
    office_floor_m2 TEXT,
    service_floor_m2 TEXT,
    empty_m2 TEXT,
    electronic_no TEXT,
    unit_code TEXT,
    carrier_id TEXT REFERENCES organisations (id),
    note TEXT NOT NULL,
    batch_id TEXT REFERENCES import_batches (id),
    deleted_at TEXT
) STRICT;
CREATE UNIQUE INDEX parcels_by_unit_code ON parcels (unit_code)
    WHERE unit_code IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX parcels_by_electronic_no ON parcels (electronic_no, id) WHERE deleted_at IS NULL;

-- Land supplies: what was agreed, and what came of it. identity says which supply this is when
-- the same file comes again.
CREATE TABLE supply_contracts (
    nr INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    parcel_id TEXT NOT NULL REFERENCES parcels (id),
    identity TEXT NOT NULL,
    holder_id TEXT REFERENCES enterprises (id),
    electronic_no TEXT,
    contract_no TEXT NOT NULL,
    project_name TEXT NOT NULL,
    supply_method TEXT NOT NULL,
    land_source TEXT NOT NULL,
    land_grade TEXT NOT NULL,
    industry_name TEXT NOT NULL,
    term_years TEXT NOT NULL,
    area_m2 TEXT,
    price_wan TEXT,
    plot_ratio_min TEXT,
    plot_ratio_max TEXT,
    investment_wan_per_mu TEXT,
    coefficient_min TEXT,
    office_land_max TEXT,
    planned_floor_m2 TEXT,
    started_floor_m2 TEXT,
    signed_on TEXT,
    agreed_delivery_on TEXT,
    agreed_start_on TEXT,
    agreed_completion_on TEXT,
    actual_delivery_on TEXT,
    actual_start_on TEXT,
    actual_completion_on TEXT,
    phased INTEGER CHECK (phased IN (0, 1)),
    reserved_m2 TEXT,
    reserved_on TEXT,
    split_forbidden INTEGER CHECK (split_forbidden IN (0, 1)),
    approved_by TEXT NOT NULL,
    source_link TEXT NOT NULL,
    batch_id TEXT REFERENCES import_batches (id),
    deleted_at TEXT
) STRICT;
CREATE UNIQUE INDEX supply_contracts_by_identity ON supply_contracts (identity)
    WHERE deleted_at IS NULL;
CREATE INDEX supply_contracts_by_parcel ON supply_contracts (parcel_id, signed_on, id)
    WHERE deleted_at IS NULL;
CREATE INDEX supply_contracts_by_holder ON supply_contracts (holder_id, parcel_id);
CREATE INDEX supply_contracts_by_signing ON supply_contracts (signed_on, parcel_id)
    WHERE deleted_at IS NULL;

-- What a supply was once known by or described as, for lists that still say it.
CREATE TABLE supply_aliases (
    id TEXT NOT NULL PRIMARY KEY,
    contract_id TEXT NOT NULL REFERENCES supply_contracts (id),
    identity TEXT NOT NULL,
    deleted_at TEXT
) STRICT;
CREATE UNIQUE INDEX supply_aliases_by_identity ON supply_aliases (identity, contract_id)
    WHERE deleted_at IS NULL;
CREATE INDEX supply_aliases_by_contract ON supply_aliases (contract_id);

-- 产出监管合同: what the holder promised (plan item 13).
CREATE TABLE output_contracts (
    id TEXT NOT NULL PRIMARY KEY,
    parcel_id TEXT NOT NULL REFERENCES parcels (id),
    enterprise_id TEXT NOT NULL REFERENCES enterprises (id),
    signed_on TEXT,
    reach_on TEXT,
    investment_wan TEXT,
    investment_wan_per_mu TEXT,
    tax_wan_per_mu TEXT,
    revenue_wan_per_mu TEXT,
    plot_ratio_min TEXT,
    note TEXT NOT NULL,
    deleted_at TEXT
) STRICT;
CREATE INDEX output_contracts_by_parcel ON output_contracts (parcel_id);
CREATE INDEX output_contracts_by_enterprise ON output_contracts (enterprise_id);

-- What was seen of building on one day.
CREATE TABLE construction_progress (
    id TEXT NOT NULL PRIMARY KEY,
    parcel_id TEXT NOT NULL REFERENCES parcels (id),
    observed_on TEXT NOT NULL,
    suspended_since TEXT,
    area_to_develop_m2 TEXT,
    developed_area_m2 TEXT,
    total_investment_wan TEXT,
    invested_wan TEXT,
    cause TEXT CHECK (cause IN ('own', 'government', 'force_majeure')),
    note TEXT NOT NULL,
    deleted_at TEXT
) STRICT;
CREATE INDEX construction_progress_by_parcel ON construction_progress (parcel_id, observed_on);

-- Who uses how much of a parcel, as owner or lessee, from when to when.
CREATE TABLE occupancies (
    id TEXT NOT NULL PRIMARY KEY,
    parcel_id TEXT NOT NULL REFERENCES parcels (id),
    enterprise_id TEXT NOT NULL REFERENCES enterprises (id),
    tenure TEXT NOT NULL CHECK (tenure IN ('owner', 'lessee')),
    area_m2 TEXT,
    from_on TEXT,
    to_on TEXT,
    deleted_at TEXT
) STRICT;
CREATE INDEX occupancies_by_parcel ON occupancies (parcel_id);
CREATE INDEX occupancies_by_enterprise ON occupancies (enterprise_id, parcel_id);

-- An enterprise's figures of one year.
CREATE TABLE yearly_metrics (
    id TEXT NOT NULL PRIMARY KEY,
    enterprise_id TEXT NOT NULL REFERENCES enterprises (id),
    year INTEGER NOT NULL,
    land_area_m2 TEXT,
    tax_wan TEXT,
    revenue_wan TEXT,
    value_added_wan TEXT,
    energy_tce TEXT,
    rnd_wan TEXT,
    staff_average TEXT,
    upgrade_investment_wan TEXT,
    emissions_t TEXT,
    grade TEXT,
    deleted_at TEXT
) STRICT;
CREATE UNIQUE INDEX yearly_metrics_by_enterprise ON yearly_metrics (enterprise_id, year)
    WHERE deleted_at IS NULL;
CREATE INDEX yearly_metrics_by_grade ON yearly_metrics (enterprise_id, year, grade)
    WHERE grade IS NOT NULL AND deleted_at IS NULL;
