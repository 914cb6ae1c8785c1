-- Migration 1, part 10: smaller copies of pictures, pairs of before and after.

-- The copies of an original are contents of their own: their bytes are checked as every content's.
CREATE TABLE picture_copies (
    id TEXT NOT NULL PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE REFERENCES blobs (sha256),
    small TEXT REFERENCES blobs (sha256),
    large TEXT REFERENCES blobs (sha256),
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    trouble TEXT CHECK (trouble IN ('heic', 'broken', 'too_large')),
    deleted_at TEXT
) STRICT;

-- 整改前后对照 of a finding.
CREATE TABLE photo_pairs (
    id TEXT NOT NULL PRIMARY KEY,
    finding_id TEXT NOT NULL REFERENCES findings (id),
    before_id TEXT NOT NULL REFERENCES evidence (id),
    after_id TEXT NOT NULL REFERENCES evidence (id),
    deleted_at TEXT,
    CHECK (before_id <> after_id)
) STRICT;
CREATE UNIQUE INDEX photo_pairs_by_finding
    ON photo_pairs (finding_id, before_id, after_id) WHERE deleted_at IS NULL;

-- Whether a case has a content already is asked for every file that comes in.
CREATE UNIQUE INDEX evidence_by_content ON evidence (case_id, sha256) WHERE deleted_at IS NULL;
