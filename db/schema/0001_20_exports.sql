-- Migration 1, part 20: what left the workspace.

CREATE TABLE export_notes (
    id TEXT NOT NULL PRIMARY KEY,
    at TEXT NOT NULL,
    person_id TEXT NOT NULL REFERENCES people (id),
    kind TEXT NOT NULL CHECK (kind IN (
        'list', 'dossier', 'paper', 'evidence', 'boundaries', 'map'
    )),
    title TEXT NOT NULL,
    file_name TEXT NOT NULL,
    rows INTEGER,
    masked INTEGER NOT NULL CHECK (masked IN (0, 1)),
    deleted_at TEXT
) STRICT;
CREATE TRIGGER export_notes_stay BEFORE UPDATE ON export_notes BEGIN
    SELECT RAISE(ABORT, 'export_notes: nothing here may be updated');
END;
