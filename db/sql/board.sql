-- Cases by stage and colour, all of it computed from deadlines:
--   blue    the case is closed or archived
--   red     an open finding, or the case itself, is past its deadline
--   yellow  a deadline is at most :soon away, an open finding was extended, or it came back
--           (returned, rebound)
--   green   otherwise
WITH
open_findings AS (
    SELECT f.case_id, f.deadline_on,
        f.state IN ('returned', 'rebound') OR EXISTS (
            SELECT 1 FROM finding_events AS v WHERE v.finding_id = f.id AND v.move = 'extend'
        ) AS difficult
    FROM findings AS f
    WHERE f.state NOT IN ('closed', 'transferred', 'terminated') AND f.deleted_at IS NULL
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
        WHEN stage IN ('closed', 'archived') THEN 'blue'
        WHEN next_on < :today THEN 'red'
        WHEN next_on <= :soon OR difficult THEN 'yellow'
        ELSE 'green'
    END AS colour,
    count(*)
FROM states
GROUP BY stage, colour
