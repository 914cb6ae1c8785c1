-- Migration 1, part 11: permits that run out, and suspicions that were looked at and dismissed.

-- Permits and inspections of enterprises. kind is a key of the rule pack.
CREATE TABLE permits (
    id TEXT NOT NULL PRIMARY KEY,
    enterprise_id TEXT NOT NULL REFERENCES enterprises (id),
    kind TEXT NOT NULL,
    number TEXT NOT NULL,
    subject TEXT NOT NULL,
    valid_from TEXT,
    valid_to TEXT,
    unlimited INTEGER NOT NULL CHECK (unlimited IN (0, 1)),
    note TEXT NOT NULL,
    deleted_at TEXT
) STRICT;
CREATE INDEX permits_by_enterprise ON permits (enterprise_id);

-- A suspicion of a rule (rule_key, as in findings) that a person dismissed, and on what facts.
CREATE TABLE dismissals (
    id TEXT NOT NULL PRIMARY KEY,
    rule_key TEXT NOT NULL,
    case_id TEXT REFERENCES cases (id),
    facts TEXT NOT NULL,
    reason TEXT NOT NULL,
    dismissed_on TEXT NOT NULL,
    dismissed_by TEXT NOT NULL REFERENCES people (id),
    deleted_at TEXT
) STRICT;
CREATE INDEX dismissals_by_rule ON dismissals (rule_key);
CREATE INDEX dismissals_by_case ON dismissals (case_id);
