-- +goose Up

-- What a document has and its passages do not, as counts with a reason, so that its
-- owner and operators hear of it: [{"code": …, "count": …, "detail": …}]. Documents in
-- the index get theirs when they are read again.
ALTER TABLE document ADD remarks jsonb NOT NULL DEFAULT '[]';

ALTER TABLE notice DROP CONSTRAINT notice_kind_check,
    ADD CONSTRAINT notice_kind_check CHECK (kind IN ('failed', 'expiring', 'review', 'superseded', 'left_out'));

-- +goose Down
DELETE FROM notice WHERE kind = 'left_out';
ALTER TABLE notice DROP CONSTRAINT notice_kind_check,
    ADD CONSTRAINT notice_kind_check CHECK (kind IN ('failed', 'expiring', 'review', 'superseded'));
ALTER TABLE document DROP remarks;
