-- +goose Up

-- Who has taken a ticket, what is first on an agenda, what a host tries out, and
-- who wants to be reminded. Nobody has taken, pinned or asked for anything before.
ALTER TABLE bot.ticket
    ADD COLUMN host_person_id uuid REFERENCES bot.person ON DELETE SET NULL,
    ADD COLUMN pinned   boolean NOT NULL DEFAULT false,
    ADD COLUMN practice boolean NOT NULL DEFAULT false;
ALTER TABLE bot.ticket_asker
    ADD COLUMN remind      boolean NOT NULL DEFAULT false,
    ADD COLUMN merged_from bigint NOT NULL DEFAULT 0;  -- the ticket that this person asked before it was merged; 0: none
CREATE INDEX ticket_host ON bot.ticket (host_person_id);
CREATE INDEX ticket_merged ON bot.ticket (merged_into) WHERE merged_into IS NOT NULL;
ALTER TABLE bot.handover ADD COLUMN practice boolean NOT NULL DEFAULT false;

-- What a ticket was moved from, so that the minutes of that session hold it.
ALTER TABLE bot.ticket_event
    ADD COLUMN left_format  text NOT NULL DEFAULT '',
    ADD COLUMN left_session timestamptz;

-- The host's post that an answer came from, so that its correction reaches the
-- asker: until now its id stood only with the question of the inbox.
ALTER TABLE bot.ticket_answer
    ADD COLUMN post_id  text NOT NULL DEFAULT '',  -- empty: it came by a dialog
    ADD COLUMN ask_back boolean NOT NULL DEFAULT false,
    ADD COLUMN retracted boolean NOT NULL DEFAULT false;
UPDATE bot.ticket_answer a SET post_id = q.origin_key
FROM bot.question q WHERE q.id::text = a.question_id AND q.origin = 'post' AND a.host_person_id IS NOT NULL;
CREATE UNIQUE INDEX ticket_answer_post ON bot.ticket_answer (post_id) WHERE post_id <> '';

-- What stands below a card is looked at once more before it is posted, as the card is.
ALTER TABLE bot.draft
    DROP CONSTRAINT draft_kind_check,
    ADD CONSTRAINT draft_kind_check CHECK (kind IN ('', 'answer', 'card', 'hosts', 'notice', 'bundle'));

-- +goose Down
UPDATE bot.draft SET kind = '' WHERE kind = 'hosts';
ALTER TABLE bot.draft
    DROP CONSTRAINT draft_kind_check,
    ADD CONSTRAINT draft_kind_check CHECK (kind IN ('', 'answer', 'card', 'notice', 'bundle'));
ALTER TABLE bot.ticket_answer DROP COLUMN post_id, DROP COLUMN ask_back, DROP COLUMN retracted;
ALTER TABLE bot.ticket_event DROP COLUMN left_format, DROP COLUMN left_session;
ALTER TABLE bot.handover DROP COLUMN practice;
DROP INDEX bot.ticket_merged;
ALTER TABLE bot.ticket DROP COLUMN host_person_id, DROP COLUMN pinned, DROP COLUMN practice;
ALTER TABLE bot.ticket_asker DROP COLUMN remind, DROP COLUMN merged_from;
