-- Migration 1, part 6: what records were at an earlier moment (db/past.py).

-- Entries by which a record came to another enterprise (a merging, or an import), by the one it
-- belonged to before: its row no longer says so. They are few; everything else costs nothing here.
CREATE INDEX change_log_moved ON change_log (
    coalesce(before ->> 'merged_into', before ->> 'holder_id', before ->> 'enterprise_id'),
    record_id
) WHERE action = 'change'
    AND coalesce(before ->> 'merged_into', before ->> 'holder_id', before ->> 'enterprise_id')
    IS NOT coalesce(after ->> 'merged_into', after ->> 'holder_id', after ->> 'enterprise_id');

-- Rows marked as deleted, by what they belonged to; the other indexes leave them out.
CREATE INDEX supply_contracts_gone ON supply_contracts (parcel_id) WHERE deleted_at IS NOT NULL;
CREATE INDEX yearly_metrics_gone ON yearly_metrics (enterprise_id) WHERE deleted_at IS NOT NULL;
CREATE INDEX parcel_boundaries_gone ON parcel_boundaries (parcel_id)
    WHERE deleted_at IS NOT NULL;
