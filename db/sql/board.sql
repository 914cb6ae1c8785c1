-- Cases by stage and colour, all of it computed from deadlines:
--   blue    the case is :ended
--   red     a finding that is not :settled, or the case itself, is past its deadline
--   yellow  a deadline is not after :soon, or such a finding was extended or is :difficult
--   green   otherwise
-- The lifecycle says which states these are (db/states.py), the rule pack how soon is :soon.
WITH
open_findings AS (
    SELECT f.case_id, f.deadline_on,
        f.state IN (SELECT value FROM json_each(:difficult)) OR EXISTS (
            SELECT 1 FROM finding_events AS v WHERE v.finding_id = f.id AND v.move = :extending
        ) AS difficult
    FROM findings AS f
    WHERE f.state NOT IN (SELECT value FROM json_each(:settled)) AND f.deleted_at IS NULL
),
states AS (
    SELECT c.stage,
        min(
            coalesce(c.due_on, '9999-12-31'),
            coalesce((SELECT min(deadline_on) FROM open_findings WHERE case_id = c.id), '9999-12-31')
        ) AS next_on,
        coalesce((SELECT max(difficult) FROM open_findings WHERE case_id = c.id), 0) AS difficult
    FROM cases AS c
    WHERE c.deleted_at IS NULL
)
SELECT stage,
    CASE
        WHEN stage IN (SELECT value FROM json_each(:ended)) THEN 'blue'
        WHEN next_on < :today THEN 'red'
        WHEN next_on <= :soon OR difficult THEN 'yellow'
        ELSE 'green'
    END AS colour,
    count(*)
FROM states
GROUP BY stage, colour
