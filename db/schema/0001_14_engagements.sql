-- Migration 1, part 14: for whom engagements are, and declared conflicts of interest.

-- An enterprise that a contract is for, from a day to a last day. One that is taken out keeps its
-- row with that day; put in again, it has another.
CREATE TABLE engagement_enterprises (
    id TEXT NOT NULL PRIMARY KEY,
    engagement_id TEXT NOT NULL REFERENCES engagements (id),
    enterprise_id TEXT NOT NULL REFERENCES enterprises (id),
    from_on TEXT NOT NULL,
    to_on TEXT,
    deleted_at TEXT
) STRICT;
CREATE INDEX engagement_enterprises_by_engagement
    ON engagement_enterprises (engagement_id, enterprise_id) WHERE deleted_at IS NULL;
CREATE INDEX engagement_enterprises_by_enterprise
    ON engagement_enterprises (enterprise_id) WHERE deleted_at IS NULL;

-- What was answered when a firm was asked about a conflict of interest (利益冲突), and the decision.
CREATE TABLE conflict_declarations (
    id TEXT NOT NULL PRIMARY KEY,
    engagement_id TEXT NOT NULL REFERENCES engagements (id),
    enterprise_id TEXT NOT NULL REFERENCES enterprises (id),
    declared_by TEXT NOT NULL REFERENCES people (id),
    declared_at TEXT NOT NULL,
    kinds TEXT NOT NULL CHECK (json_valid(kinds)),
    detail TEXT NOT NULL,
    decided_by TEXT REFERENCES people (id),
    decided_at TEXT,
    approved INTEGER CHECK (approved IN (0, 1)),
    decision_note TEXT NOT NULL,
    deleted_at TEXT
) STRICT;
CREATE INDEX conflict_declarations_by_engagement
    ON conflict_declarations (engagement_id, enterprise_id) WHERE deleted_at IS NULL;
CREATE INDEX conflict_declarations_by_enterprise
    ON conflict_declarations (enterprise_id) WHERE deleted_at IS NULL;

-- Which firm is engaged for which enterprise from when to when, by contract: what lists join that
-- show a firm's people only what they are engaged for. last_on is always a day ('9999-12-31' where
-- there is no last one), rows without a day are left out. Ask it with a firm_id.
CREATE VIEW engaged_enterprises AS
SELECT
    g.firm_id AS firm_id,
    g.id AS engagement_id,
    l.enterprise_id AS enterprise_id,
    max(g.from_on, l.from_on) AS from_on,
    min(
        coalesce(g.to_on, '9999-12-31'),
        coalesce(g.ended_on, '9999-12-31'),
        coalesce(l.to_on, '9999-12-31')
    ) AS last_on
FROM engagements AS g
JOIN engagement_enterprises AS l ON l.engagement_id = g.id AND l.deleted_at IS NULL
WHERE g.deleted_at IS NULL AND g.covers_all = 0
    AND max(g.from_on, l.from_on) <= min(
        coalesce(g.to_on, '9999-12-31'),
        coalesce(g.ended_on, '9999-12-31'),
        coalesce(l.to_on, '9999-12-31')
    )
UNION ALL
SELECT
    g.firm_id,
    g.id,
    e.id,
    g.from_on,
    min(coalesce(g.to_on, '9999-12-31'), coalesce(g.ended_on, '9999-12-31'))
FROM engagements AS g
JOIN enterprises AS e ON e.carrier_id = g.carrier_id AND e.deleted_at IS NULL
WHERE g.deleted_at IS NULL AND g.covers_all = 1
    AND g.from_on <= min(coalesce(g.to_on, '9999-12-31'), coalesce(g.ended_on, '9999-12-31'));
