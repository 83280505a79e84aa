-- +goose Up

-- A preview was a text and a proposed session. Now its asker chooses: what of persons
-- is masked, whether a name goes over, with or without a session, a ticket to join. It
-- knows the asking post, so that its edit is seen and one question is one ticket; and
-- who let one lapse is told once. What lapsed before is not told any more.
ALTER TABLE bot.handover
    ADD COLUMN original text NOT NULL DEFAULT '',    -- the asker's words, where some are masked in text
    ADD COLUMN unmasked boolean NOT NULL DEFAULT false,
    ADD COLUMN name     text NOT NULL DEFAULT '',    -- that the hosts are to read; empty: none
    ADD COLUMN post_id  text NOT NULL DEFAULT '',    -- the asking post
    ADD COLUMN joins    bigint REFERENCES bot.ticket,-- offered to be joined
    ADD COLUMN instead  text NOT NULL DEFAULT '',    -- how the preview began that this one took the place of
    ADD COLUMN told     boolean NOT NULL DEFAULT true;  -- of a lapsed one
CREATE INDEX handover_post ON bot.handover (post_id) WHERE post_id <> '';
CREATE INDEX handover_joins ON bot.handover (joins) WHERE joins IS NOT NULL;
CREATE INDEX handover_untold ON bot.handover (shown_at) WHERE NOT told;
ALTER TABLE bot.ticket_asker ADD COLUMN name text NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE bot.ticket_asker DROP COLUMN name;
ALTER TABLE bot.handover DROP COLUMN original, DROP COLUMN unmasked, DROP COLUMN name, DROP COLUMN post_id, DROP COLUMN joins,
    DROP COLUMN instead, DROP COLUMN told;
