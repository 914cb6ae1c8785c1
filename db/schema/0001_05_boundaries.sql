-- Migration 1, part 5: boundaries of parcels, and where they lie.

-- The boundary of a parcel; a later one takes its place, the trail keeps what was. rings, header,
-- attributes and remarks are JSON; points are exact decimals as their file has them. outline is
-- the same in degrees of EPSG:4490, for drawing; west to north are its box.
CREATE TABLE parcel_boundaries (
    nr INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    parcel_id TEXT NOT NULL REFERENCES parcels (id),
    rings TEXT NOT NULL CHECK (json_valid(rings)),
    crs_epsg INTEGER,
    crs_name TEXT NOT NULL,
    plane INTEGER NOT NULL CHECK (plane IN (0, 1)),
    transformable INTEGER NOT NULL CHECK (transformable IN (0, 1)),
    area_m2 TEXT,
    perimeter_m TEXT,
    stated_area_m2 TEXT,
    plot_no TEXT NOT NULL,
    plot_name TEXT NOT NULL,
    header TEXT NOT NULL CHECK (json_valid(header)),
    attributes TEXT NOT NULL CHECK (json_valid(attributes)),
    remarks TEXT NOT NULL CHECK (json_valid(remarks)),
    outline TEXT NOT NULL CHECK (json_valid(outline)),
    west TEXT,
    east TEXT,
    south TEXT,
    north TEXT,
    file_name TEXT NOT NULL,
    file_sha256 TEXT NOT NULL,
    batch_id TEXT REFERENCES import_batches (id),
    deleted_at TEXT
) STRICT;
CREATE UNIQUE INDEX parcel_boundaries_by_parcel ON parcel_boundaries (parcel_id)
    WHERE deleted_at IS NULL;
CREATE INDEX parcel_boundaries_by_batch ON parcel_boundaries (batch_id);

-- The boxes by place; id is the boundary's nr. The tree keeps floats and rounds them outwards.
CREATE VIRTUAL TABLE boundary_places USING rtree(id, west, east, south, north);
CREATE TRIGGER parcel_boundaries_placed AFTER INSERT ON parcel_boundaries
WHEN NEW.deleted_at IS NULL AND CAST(NEW.west AS REAL) <= CAST(NEW.east AS REAL)
    AND CAST(NEW.south AS REAL) <= CAST(NEW.north AS REAL) BEGIN
    INSERT INTO boundary_places VALUES (
        NEW.nr, CAST(NEW.west AS REAL), CAST(NEW.east AS REAL),
        CAST(NEW.south AS REAL), CAST(NEW.north AS REAL)
    );
END;
CREATE TRIGGER parcel_boundaries_moved
AFTER UPDATE OF west, east, south, north, deleted_at ON parcel_boundaries BEGIN
    DELETE FROM boundary_places WHERE id = OLD.nr;
    INSERT INTO boundary_places SELECT
        NEW.nr, CAST(NEW.west AS REAL), CAST(NEW.east AS REAL),
        CAST(NEW.south AS REAL), CAST(NEW.north AS REAL)
    WHERE NEW.deleted_at IS NULL AND CAST(NEW.west AS REAL) <= CAST(NEW.east AS REAL)
        AND CAST(NEW.south AS REAL) <= CAST(NEW.north AS REAL);
END;
