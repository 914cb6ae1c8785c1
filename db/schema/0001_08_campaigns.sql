-- Migration 1, part 8: campaigns (体检批次) and their visits.

CREATE TABLE campaigns (
    id TEXT NOT NULL PRIMARY KEY,
    year INTEGER NOT NULL,
    name TEXT NOT NULL,
    departments TEXT NOT NULL CHECK (json_valid(departments)),
    inspectors TEXT NOT NULL CHECK (json_valid(inspectors)),
    from_on TEXT,
    to_on TEXT,
    together INTEGER NOT NULL CHECK (together IN (0, 1)),
    state TEXT NOT NULL CHECK (state IN ('prepared', 'running', 'ended')),
    note TEXT NOT NULL,
    deleted_at TEXT
) STRICT;
CREATE UNIQUE INDEX campaigns_by_name ON campaigns (name) WHERE deleted_at IS NULL;

-- One visit of a campaign to an enterprise. Drawn together with another (joined_into), that one is
-- made for both (made_id); opened, its checkup says what is scheduled.
CREATE TABLE visits (
    nr INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    campaign_id TEXT NOT NULL REFERENCES campaigns (id),
    enterprise_id TEXT NOT NULL REFERENCES enterprises (id),
    departments TEXT NOT NULL CHECK (json_valid(departments)),
    inspectors TEXT NOT NULL CHECK (json_valid(inspectors)),
    planned_on TEXT,
    joined_into TEXT REFERENCES visits (id),
    checkup_id TEXT REFERENCES checkups (id),
    deleted_at TEXT,
    made_id TEXT GENERATED ALWAYS AS (coalesce(joined_into, id)) VIRTUAL
) STRICT;
CREATE INDEX visits_by_campaign ON visits (campaign_id) WHERE deleted_at IS NULL;
CREATE INDEX visits_by_enterprise ON visits (enterprise_id) WHERE deleted_at IS NULL;
CREATE INDEX visits_by_made ON visits (made_id) WHERE deleted_at IS NULL;
CREATE INDEX visits_by_joined ON visits (joined_into) WHERE joined_into IS NOT NULL;
CREATE INDEX visits_by_checkup ON visits (checkup_id) WHERE checkup_id IS NOT NULL;

-- Every visit that is made, of several drawn together the one that is made for all: its stage, its
-- day, and its checkup with the case once it has been opened.
CREATE VIEW visits_made AS
SELECT
    h.id AS id,
    h.enterprise_id AS enterprise_id,
    h.campaign_id AS campaign_id,
    h.checkup_id AS checkup_id,
    k.case_id AS case_id,
    coalesce(k.started_on, k.scheduled_on, h.planned_on) AS day,
    CASE
        WHEN k.finished_at IS NOT NULL THEN 'reported'
        WHEN k.started_on IS NOT NULL THEN 'in_checkup'
        WHEN k.scheduled_on IS NOT NULL OR h.planned_on IS NOT NULL THEN 'scheduled'
        ELSE 'planned'
    END AS stage
FROM visits AS h
LEFT JOIN checkups AS k ON k.id = h.checkup_id AND k.deleted_at IS NULL
WHERE h.deleted_at IS NULL AND h.joined_into IS NULL;

-- What counts towards the cap of visits (国办发〔2024〕54号), by department and key (a department that
-- is in several visits drawn together comes up as often): checkups that have begun or are scheduled, whether for a campaign or not, and visits not opened yet of
-- campaigns that are not over, in the year of their day or else of their campaign.
CREATE VIEW visits_counted AS
SELECT
    c.enterprise_id AS enterprise_id,
    d.value AS department,
    CAST(substr(coalesce(k.started_on, k.scheduled_on), 1, 4) AS INTEGER) AS year,
    coalesce(k.started_on, k.scheduled_on) AS day,
    k.id AS key,
    k.started_on IS NOT NULL AS begun,
    c.case_no AS case_no,
    k.campaign_id AS campaign_id
FROM cases AS c
JOIN checkups AS k ON k.case_id = c.id AND k.deleted_at IS NULL
JOIN json_each(k.departments) AS d
WHERE c.deleted_at IS NULL AND c.enterprise_id IS NOT NULL
    AND coalesce(k.started_on, k.scheduled_on) IS NOT NULL
UNION ALL
SELECT
    h.enterprise_id,
    d.value,
    coalesce(CAST(substr(h.planned_on, 1, 4) AS INTEGER), g.year),
    h.planned_on,
    h.id,
    0,
    '',
    h.campaign_id
FROM visits AS h
JOIN campaigns AS g ON g.id = h.campaign_id AND g.deleted_at IS NULL AND g.state <> 'ended'
CROSS JOIN visits AS m ON m.made_id = h.id AND m.deleted_at IS NULL
JOIN json_each(m.departments) AS d
WHERE h.deleted_at IS NULL AND h.joined_into IS NULL AND h.checkup_id IS NULL;
