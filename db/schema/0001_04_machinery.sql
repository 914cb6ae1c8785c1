-- Migration 1, part 4: settings, numbers, the trail, and what is derived from the records.

-- Settings of the workspace, e.g. its name.
CREATE TABLE settings (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

-- The last number taken of a 代字 in a year.
CREATE TABLE number_series (
    code TEXT NOT NULL,
    year INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (code, year)
) STRICT;

-- The trail: one entry for every change, chained by SHA-256. seq runs from 1 without gaps;
-- before and after are the whole row as JSON. Nothing updates or deletes here (db/audit.py).
CREATE TABLE change_log (
    seq INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    actor_id TEXT NOT NULL,
    action TEXT NOT NULL CHECK (action IN ('add', 'change', 'retire')),
    table_name TEXT NOT NULL,
    record_id TEXT NOT NULL,
    before TEXT,
    after TEXT NOT NULL,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;
CREATE INDEX change_log_by_record ON change_log (record_id, seq);
-- The same, for questions that take its records out of other tables: whoever does not see all of
-- those needs no second look at whose each entry is (db/sight.py).
CREATE VIEW trail_of_seen AS SELECT * FROM change_log;

-- Full-text search, one index for each kind of thing searched for; rowid is the row's nr.
-- What goes in is cut into words by db/words.py (Chinese as single characters), so that the
-- plainest tokenizer, which keeps every character above 127, is the right one. The texts
-- themselves are not stored a second time. words are those of names, which come before what was
-- found in more: places, people, codes, and of parcels and cases whose they are.
CREATE VIRTUAL TABLE enterprise_search USING fts5 (
    words, more, private, pinyin, initials, content = '', contentless_delete = 1, tokenize = 'ascii'
);
CREATE VIRTUAL TABLE parcel_search USING fts5 (
    words, more, private, pinyin, initials, content = '', contentless_delete = 1, tokenize = 'ascii'
);
CREATE VIRTUAL TABLE case_search USING fts5 (
    words, more, private, pinyin, initials, content = '', contentless_delete = 1, tokenize = 'ascii'
);

-- What lists show of an enterprise and is written in no record, worked out by the rules of the
-- domain (db/figures.py); one row for every live enterprise, nr is its own. Land as it is used
-- today: good_until is the last day on which these figures hold by themselves, because an occupancy
-- begins or ends then.
CREATE TABLE enterprise_figures (
    nr INTEGER PRIMARY KEY,
    parcels INTEGER NOT NULL,
    area_m2 TEXT,
    grade TEXT,
    tax_wan_per_mu TEXT,
    good_until TEXT
) STRICT;
CREATE INDEX enterprise_figures_by_day ON enterprise_figures (good_until)
    WHERE good_until IS NOT NULL;

-- The same of a parcel: its latest supply and who holds it, by their nr.
CREATE TABLE parcel_figures (
    nr INTEGER PRIMARY KEY,
    contract_nr INTEGER,
    holder_nr INTEGER,
    good_until TEXT
) STRICT;
CREATE INDEX parcel_figures_by_day ON parcel_figures (good_until) WHERE good_until IS NOT NULL;

-- What the long lists are sorted by: of each column that is sorted often, the value it is sorted by
-- (as the list's own query in db/sql says). Each index answers alone which rows come in which order.
CREATE TABLE enterprise_order (
    nr INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    name BLOB,
    short_name BLOB,
    uscc TEXT,
    industry BLOB,
    district BLOB,
    parcels INTEGER,
    area_m2 REAL,
    grade TEXT,
    tax_wan_per_mu REAL
) STRICT;
CREATE INDEX enterprise_order_by_name ON enterprise_order (name, id);
CREATE INDEX enterprise_order_by_short_name ON enterprise_order (short_name, id);
CREATE INDEX enterprise_order_by_uscc ON enterprise_order (uscc, id);
CREATE INDEX enterprise_order_by_industry ON enterprise_order (industry, id);
CREATE INDEX enterprise_order_by_district ON enterprise_order (district, id);
CREATE INDEX enterprise_order_by_parcels ON enterprise_order (parcels, id);
CREATE INDEX enterprise_order_by_area_m2 ON enterprise_order (area_m2, id);
CREATE INDEX enterprise_order_by_grade ON enterprise_order (grade, id);
CREATE INDEX enterprise_order_by_tax_wan_per_mu ON enterprise_order (tax_wan_per_mu, id);
CREATE TABLE parcel_order (
    nr INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    name BLOB,
    holder BLOB,
    district BLOB,
    location BLOB,
    area_m2 REAL,
    land_use TEXT,
    electronic_no TEXT,
    unit_code TEXT,
    contract_no TEXT,
    signed_on TEXT,
    agreed_start_on TEXT,
    actual_start_on TEXT,
    agreed_completion_on TEXT,
    actual_completion_on TEXT
) STRICT;
CREATE INDEX parcel_order_by_name ON parcel_order (name, id);
CREATE INDEX parcel_order_by_holder ON parcel_order (holder, id);
CREATE INDEX parcel_order_by_district ON parcel_order (district, id);
CREATE INDEX parcel_order_by_location ON parcel_order (location, id);
CREATE INDEX parcel_order_by_area_m2 ON parcel_order (area_m2, id);
CREATE INDEX parcel_order_by_land_use ON parcel_order (land_use, id);
CREATE INDEX parcel_order_by_electronic_no ON parcel_order (electronic_no, id);
CREATE INDEX parcel_order_by_unit_code ON parcel_order (unit_code, id);
CREATE INDEX parcel_order_by_contract_no ON parcel_order (contract_no, id);
CREATE INDEX parcel_order_by_signed_on ON parcel_order (signed_on, id);
CREATE INDEX parcel_order_by_agreed_start_on ON parcel_order (agreed_start_on, id);
CREATE INDEX parcel_order_by_actual_start_on ON parcel_order (actual_start_on, id);
CREATE INDEX parcel_order_by_agreed_completion_on ON parcel_order (agreed_completion_on, id);
CREATE INDEX parcel_order_by_actual_completion_on ON parcel_order (actual_completion_on, id);

-- How far search and figures have come: they know the trail up to this entry (db/derived.py).
CREATE TABLE derived_state (up_to INTEGER NOT NULL) STRICT;
INSERT INTO derived_state VALUES (0);
