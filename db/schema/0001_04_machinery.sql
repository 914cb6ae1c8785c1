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

-- Full-text search, one index for each kind of thing searched for; rowid is the row's nr.
-- What goes in is cut into words by db/words.py (Chinese as single characters), so that the
-- plainest tokenizer, which keeps every character above 127, is the right one. The texts
-- themselves are not stored a second time. words are those of names, which come before what was
-- found in more: places, people, codes, and of parcels and cases whose they are.
CREATE VIRTUAL TABLE enterprise_search USING fts5 (
    words, more, pinyin, initials, content = '', contentless_delete = 1, tokenize = 'ascii'
);
CREATE VIRTUAL TABLE parcel_search USING fts5 (
    words, more, pinyin, initials, content = '', contentless_delete = 1, tokenize = 'ascii'
);
CREATE VIRTUAL TABLE case_search USING fts5 (
    words, more, pinyin, initials, content = '', contentless_delete = 1, tokenize = 'ascii'
);

-- What lists show of an enterprise and sort it by, worked out by the rules of the domain
-- (db/figures.py); nr is the enterprise's. Land as it is used today: good_until is the last day
-- on which these figures hold by themselves, because an occupancy begins or ends after it.
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

-- The same of a parcel: its latest supply and who holds it, by their nr; holder_order is the
-- holder's chinese_order().
CREATE TABLE parcel_figures (
    nr INTEGER PRIMARY KEY,
    contract_nr INTEGER,
    holder_nr INTEGER,
    holder_order BLOB,
    good_until TEXT
) STRICT;
CREATE INDEX parcel_figures_by_day ON parcel_figures (good_until) WHERE good_until IS NOT NULL;

-- How far search and figures have come: they know the trail up to this entry (db/derived.py).
CREATE TABLE derived_state (up_to INTEGER NOT NULL) STRICT;
INSERT INTO derived_state VALUES (0);
