-- Migration 1, part 9: what belongs to a checkup form besides its answers: items added on the spot,
-- signatures, addenda.

-- The short code on a printed form names its checkup by the end of its key.
CREATE INDEX checkups_by_form_code ON checkups (substr(id, -10)) WHERE deleted_at IS NULL;

-- Items that are on no list, of one checkup alone; answers name them by added:<id>.
CREATE TABLE added_items (
    id TEXT NOT NULL PRIMARY KEY,
    checkup_id TEXT NOT NULL REFERENCES checkups (id),
    department TEXT NOT NULL,
    title TEXT NOT NULL,
    severity INTEGER NOT NULL CHECK (severity BETWEEN 1 AND 4),
    bases TEXT NOT NULL CHECK (json_valid(bases)),
    added_by TEXT NOT NULL REFERENCES people (id),
    added_at TEXT NOT NULL,
    deleted_at TEXT
) STRICT;
CREATE INDEX added_items_by_checkup ON added_items (checkup_id);

-- Corrections to a locked form, numbered within it; item_key is empty where they are about all of it.
CREATE TABLE addenda (
    id TEXT NOT NULL PRIMARY KEY,
    checkup_id TEXT NOT NULL REFERENCES checkups (id),
    number INTEGER NOT NULL,
    item_key TEXT,
    text TEXT NOT NULL,
    reason TEXT NOT NULL,
    written_by TEXT NOT NULL REFERENCES people (id),
    written_at TEXT NOT NULL,
    deleted_at TEXT
) STRICT;
CREATE UNIQUE INDEX addenda_by_checkup ON addenda (checkup_id, number);

-- Signatures under a checkup's or a recheck's form, or an addendum: strokes as vectors, and the
-- hash of what was signed.
CREATE TABLE signatures (
    id TEXT NOT NULL PRIMARY KEY,
    checkup_id TEXT REFERENCES checkups (id),
    recheck_id TEXT REFERENCES rechecks (id),
    role TEXT NOT NULL CHECK (role IN ('inspector', 'representative', 'witness', 'addendum')),
    name TEXT NOT NULL,
    person_id TEXT REFERENCES people (id),
    addendum_id TEXT REFERENCES addenda (id),
    strokes TEXT NOT NULL CHECK (json_valid(strokes)),
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    signed_at TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    deleted_at TEXT,
    CHECK ((checkup_id IS NULL) <> (recheck_id IS NULL))
) STRICT;
CREATE INDEX signatures_by_checkup ON signatures (checkup_id);
CREATE INDEX signatures_by_recheck ON signatures (recheck_id) WHERE recheck_id IS NOT NULL;

-- What was signed stays as it was signed: the program refuses in words, the file refuses by itself.
CREATE TRIGGER item_results_locked BEFORE UPDATE ON item_results
WHEN (SELECT finished_at FROM checkups WHERE id = OLD.checkup_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'item_results: the checkup is finished and locked'); END;
CREATE TRIGGER added_items_locked BEFORE UPDATE ON added_items
WHEN (SELECT finished_at FROM checkups WHERE id = OLD.checkup_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'added_items: the checkup is finished and locked'); END;
CREATE TRIGGER addenda_fixed BEFORE UPDATE ON addenda
BEGIN SELECT RAISE(ABORT, 'addenda: nothing here may be changed'); END;
CREATE TRIGGER signatures_fixed
BEFORE UPDATE OF checkup_id, recheck_id, role, name, person_id, addendum_id, strokes, width, height, signed_at,
    content_hash ON signatures
BEGIN SELECT RAISE(ABORT, 'signatures: nothing here may be changed'); END;
CREATE TRIGGER signatures_locked BEFORE UPDATE ON signatures
WHEN (SELECT finished_at FROM checkups WHERE id = OLD.checkup_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'signatures: the checkup is finished and locked'); END;
CREATE TRIGGER recheck_signatures_locked BEFORE UPDATE ON signatures
WHEN (SELECT done_on FROM rechecks WHERE id = OLD.recheck_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'signatures: the recheck is finished and locked'); END;
CREATE TRIGGER recheck_results_locked BEFORE UPDATE ON recheck_results
WHEN (SELECT done_on FROM rechecks WHERE id = OLD.recheck_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'recheck_results: the recheck is finished and locked'); END;
