-- What Ctrl+K finds. Names that begin with what was typed come first, from the index of names, then
-- those that hold it, then what holds it elsewhere (places, people, codes, contracts). The full-text
-- index hands out its hits unranked and is asked for no more than :most of each,
-- so that a scrap which fits every name answers as fast as one that fits a few.
-- Elsewhere is looked only where names alone do not fill the list.
-- A row found by something that its title does not show says by what.
WITH
named_enterprises (nr) AS (
    SELECT nr FROM (
        SELECT nr FROM enterprises
        WHERE deleted_at IS NULL AND chinese_order(name) >= :low AND chinese_order(name) < :high
        ORDER BY chinese_order(name) LIMIT :most
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
found_contracts (parcel_id, contract_no) AS (
    SELECT parcel_id, max(coalesce(nullif(contract_no, ''), electronic_no, project_name))
    FROM supply_contracts
    WHERE deleted_at IS NULL AND nr IN (
        SELECT rowid FROM contract_search WHERE contract_search MATCH :match LIMIT :most
    )
    GROUP BY parcel_id
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
    UNION
    SELECT nr FROM parcels WHERE id IN (SELECT parcel_id FROM found_contracts)
),
found_cases (nr) AS (
    SELECT rowid FROM (
        SELECT rowid FROM case_search WHERE case_search MATCH :match LIMIT :most
    )
    UNION
    SELECT c.nr FROM enterprises AS e JOIN cases AS c ON c.enterprise_id = e.id
    WHERE e.nr IN found_enterprises
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
        e.uscc AS code,
        CASE
            WHEN e.name = :text OR e.uscc = :text OR e.short_name = :text THEN 0
            WHEN substr(e.name, 1, length(:text)) = :text THEN 1
            WHEN e.nr IN named_enterprises THEN 2
            ELSE 3
        END AS rank
    FROM enterprises AS e
    WHERE e.nr IN found_enterprises AND e.deleted_at IS NULL
    UNION ALL
    SELECT 2, 'case', c.id, c.case_no, coalesce(e.name, p.name, ''), NULL,
        CASE WHEN c.case_no = :text THEN 0 ELSE 2 END
    FROM cases AS c
    LEFT JOIN enterprises AS e ON e.id = c.enterprise_id
    LEFT JOIN parcels AS p ON p.id = c.parcel_id
    WHERE c.nr IN found_cases AND c.deleted_at IS NULL
    UNION ALL
    SELECT 3, 'parcel', p.id, p.name,
        coalesce(s.contract_no, p.electronic_no, p.location), p.electronic_no,
        CASE
            WHEN p.name = :text OR p.electronic_no = :text OR p.unit_code = :text
                OR s.contract_no = :text THEN 0
            WHEN substr(p.name, 1, length(:text)) = :text THEN 1
            ELSE 2
        END
    FROM parcels AS p
    LEFT JOIN found_contracts AS s ON s.parcel_id = p.id
    WHERE p.nr IN found_parcels AND p.deleted_at IS NULL
)
SELECT kind, id, title, subtitle FROM hits
ORDER BY rank, place, length(title), title, id
LIMIT :limit
