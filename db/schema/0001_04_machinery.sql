-- Migration 1, part 4: settings, numbers, the trail and the search.

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
-- Rows enter in batches (db/search.py): one by one inside triggers took ten times as long.
-- What goes in is cut into words by db/search.py (Chinese as single characters), so that the
-- plainest tokenizer, which keeps every character above 127, is the right one. The texts
-- themselves are not stored a second time. words are those of names, which come before what was
-- found in more: places, people, codes.
CREATE VIRTUAL TABLE enterprise_search USING fts5 (
    words, more, pinyin, initials, content = '', contentless_delete = 1, tokenize = 'ascii'
);
CREATE VIRTUAL TABLE parcel_search USING fts5 (
    words, more, pinyin, initials, content = '', contentless_delete = 1, tokenize = 'ascii'
);
CREATE VIRTUAL TABLE contract_search USING fts5 (
    words, more, pinyin, initials, content = '', contentless_delete = 1, tokenize = 'ascii'
);
CREATE VIRTUAL TABLE case_search USING fts5 (
    words, more, pinyin, initials, content = '', contentless_delete = 1, tokenize = 'ascii'
);

-- How far each index has come: rows of a greater nr are not in it yet.
CREATE TABLE search_state (
    name TEXT NOT NULL PRIMARY KEY,
    up_to INTEGER NOT NULL
) STRICT;

-- Rows whose words changed since they were indexed; triggers put them here.
CREATE TABLE search_stale (
    name TEXT NOT NULL,
    nr INTEGER NOT NULL,
    PRIMARY KEY (name, nr)
) STRICT, WITHOUT ROWID;
