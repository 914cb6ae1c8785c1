-- Migration 1, part 7: the county's own rule pack.

-- A draft: the files it began with (a blob) and, below, what was changed since.
CREATE TABLE pack_drafts (
    id TEXT NOT NULL PRIMARY KEY,
    county TEXT NOT NULL,
    based_on TEXT NOT NULL,
    sha256 TEXT NOT NULL REFERENCES blobs (sha256),
    begun_at TEXT NOT NULL,
    begun_by TEXT NOT NULL REFERENCES people (id),
    state TEXT NOT NULL CHECK (state IN ('open', 'published', 'discarded')),
    deleted_at TEXT
) STRICT;
CREATE UNIQUE INDEX pack_drafts_open ON pack_drafts (state)
    WHERE state = 'open' AND deleted_at IS NULL;

-- One value of a draft that differs; place is JSON, old and new are as TOML writes values.
CREATE TABLE pack_edits (
    id TEXT NOT NULL PRIMARY KEY,
    draft_id TEXT NOT NULL REFERENCES pack_drafts (id),
    file TEXT NOT NULL,
    place TEXT NOT NULL CHECK (json_valid(place)),
    old TEXT,
    new TEXT,
    deleted_at TEXT
) STRICT;
CREATE UNIQUE INDEX pack_edits_by_place ON pack_edits (draft_id, file, place)
    WHERE deleted_at IS NULL;

-- A published version; work done with it must find it as it was, so nothing here changes.
CREATE TABLE pack_versions (
    id TEXT NOT NULL PRIMARY KEY,
    key TEXT NOT NULL,
    version TEXT NOT NULL,
    name TEXT NOT NULL,
    based_on TEXT NOT NULL,
    in_force_from TEXT NOT NULL,
    published_at TEXT NOT NULL,
    published_by TEXT NOT NULL REFERENCES people (id),
    changes TEXT NOT NULL,
    sha256 TEXT NOT NULL REFERENCES blobs (sha256),
    deleted_at TEXT
) STRICT;
CREATE UNIQUE INDEX pack_versions_by_version ON pack_versions (key, version);
CREATE TRIGGER pack_versions_stay BEFORE UPDATE ON pack_versions BEGIN
    SELECT RAISE(ABORT, 'pack_versions: nothing here may be updated');
END;
