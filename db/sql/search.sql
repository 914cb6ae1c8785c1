-- What Ctrl+K finds. Names that begin with what was typed come first, from the index of names, then
-- those that hold it, then what holds it elsewhere (places, people, codes, contracts, whose it is).
-- The full-text index hands out its hits unranked and is asked for no more than :most of each,
-- so that a scrap which fits every name answers as fast as one that fits a few.
-- Elsewhere is looked only where names alone do not fill the list.
-- A row found by something that its title does not show says by what.
WITH
named_enterprises (nr) AS (
    SELECT nr FROM (
        SELECT nr FROM enterprise_order WHERE name >= :low AND name < :high
        ORDER BY name LIMIT :most
    )
    UNION
    SELECT rowid FROM (
        SELECT rowid FROM enterprise_search WHERE enterprise_search MATCH :names LIMIT :most
    )
),
found_enterprises (nr) AS (
    SELECT nr FROM named_enterprises
    UNION
    SELECT rowid FROM (
        SELECT rowid FROM enterprise_search
        WHERE (SELECT count(*) FROM named_enterprises) < :limit
            AND enterprise_search MATCH :match LIMIT :most
    )
),
named_parcels (nr) AS (
    SELECT rowid FROM parcel_search WHERE parcel_search MATCH :names LIMIT :most
),
found_parcels (nr) AS (
    SELECT nr FROM named_parcels
    UNION
    SELECT rowid FROM (
        SELECT rowid FROM parcel_search
        WHERE (SELECT count(*) FROM named_parcels) < :limit
            AND parcel_search MATCH :match LIMIT :most
    )
),
found_cases (nr) AS (
    SELECT rowid FROM case_search WHERE case_search MATCH :match LIMIT :most
),
hits AS (
    SELECT 1 AS place, 'enterprise' AS kind, e.id AS id, e.name AS title,
        CASE
            WHEN instr(e.name, :text) THEN coalesce(e.uscc, e.district)
            WHEN instr(e.short_name, :text) THEN e.short_name
            WHEN instr(e.contact, :text) THEN e.contact
            WHEN instr(e.legal_representative, :text) THEN e.legal_representative
            WHEN instr(e.address, :text) THEN e.address
            WHEN instr(e.phone, :text) THEN e.phone
            ELSE coalesce(e.uscc, e.district)
        END AS subtitle,
        CASE
            WHEN e.name = :text OR e.uscc = :text OR e.short_name = :text THEN 0
            WHEN substr(e.name, 1, length(:text)) = :text THEN 1
            WHEN e.nr IN named_enterprises THEN 2
            ELSE 3
        END AS rank
    FROM enterprises AS e
    WHERE e.nr IN found_enterprises AND e.deleted_at IS NULL
    UNION ALL
    SELECT 2, 'case', c.id, c.case_no, coalesce(e.name, p.name, ''),
        CASE WHEN c.case_no = :text THEN 0 ELSE 2 END
    FROM cases AS c
    LEFT JOIN enterprises AS e ON e.id = c.enterprise_id
    LEFT JOIN parcels AS p ON p.id = c.parcel_id
    WHERE c.nr IN found_cases AND c.deleted_at IS NULL
    UNION ALL
    SELECT 3, 'parcel', p.id, p.name,
        CASE
            WHEN instr(p.name, :text) OR instr(p.electronic_no, :text) THEN
                coalesce(p.electronic_no, holder.name, p.location)
            WHEN instr(p.location, :text) THEN p.location
            ELSE coalesce(
                (
                    SELECT s.contract_no FROM supply_contracts AS s
                    WHERE s.parcel_id = p.id AND s.deleted_at IS NULL
                        AND instr(s.contract_no, :text)
                    ORDER BY s.nr DESC LIMIT 1
                ),
                (
                    SELECT s.project_name FROM supply_contracts AS s
                    WHERE s.parcel_id = p.id AND s.deleted_at IS NULL
                        AND instr(s.project_name, :text)
                    ORDER BY s.nr DESC LIMIT 1
                ),
                holder.name,
                p.electronic_no,
                p.location
            )
        END,
        CASE
            WHEN p.name = :text OR p.electronic_no = :text OR p.unit_code = :text
                OR EXISTS (
                    SELECT 1 FROM supply_contracts AS s
                    WHERE s.parcel_id = p.id AND s.deleted_at IS NULL AND s.contract_no = :text
                ) THEN 0
            WHEN substr(p.name, 1, length(:text)) = :text THEN 1
            WHEN p.nr IN named_parcels THEN 2
            ELSE 3
        END
    FROM parcels AS p
    LEFT JOIN parcel_figures AS figures ON figures.nr = p.nr
    LEFT JOIN enterprises AS holder ON holder.nr = figures.holder_nr
    WHERE p.nr IN found_parcels AND p.deleted_at IS NULL
    UNION ALL
    SELECT 4, 'firm', o.id, o.name,
        coalesce(
            (
                SELECT g.contract_no FROM engagements AS g
                WHERE g.firm_id = o.id AND g.deleted_at IS NULL AND instr(g.contract_no, :text)
                ORDER BY g.from_on DESC LIMIT 1
            ),
            o.contact
        ),
        CASE
            WHEN o.name = :text THEN 0
            WHEN substr(o.name, 1, length(:text)) = :text THEN 1
            ELSE 2
        END
    FROM organisations AS o
    WHERE o.kind = 'service_firm' AND o.deleted_at IS NULL
        AND (
            instr(o.name, :text)
            OR EXISTS (
                SELECT 1 FROM engagements AS g
                WHERE g.firm_id = o.id AND g.deleted_at IS NULL AND instr(g.contract_no, :text)
            )
        )
)
SELECT kind, id, title, subtitle FROM hits
ORDER BY rank, place, length(title), title, id
LIMIT :limit
