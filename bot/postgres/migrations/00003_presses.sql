-- +goose Up

-- A press of a button used to be known for ever by its button and its person, so
-- that each button worked once, and the key held the user id of the chat, which
-- forgetting and expiry left there. Now each press has a key of its own that says
-- nothing, and the button is named by its draft; person_id says who, and goes.
ALTER TABLE bot.question
    ADD COLUMN marker    text NOT NULL DEFAULT '',  -- of the draft whose button was pressed
    ADD COLUMN post_id   text NOT NULL DEFAULT '',  -- the post that shows the button
    ADD COLUMN overheard boolean NOT NULL DEFAULT false;
UPDATE bot.question SET origin_key = id::text WHERE origin = 'button';
CREATE INDEX question_press ON bot.question (marker) WHERE marker <> '';

-- The link of a person goes after 13 months, but the direct channel stayed.
UPDATE bot.question SET channel_id = '', root_id = '', on_post = '', on_handover = '', on_ticket = 0, on_document = 0, on_bundle = 0, lasting = true
WHERE person_id IS NULL AND state IN ('posted', 'told', 'dropped');
DELETE FROM bot.draft d USING bot.question q
WHERE q.id = d.question_id AND q.person_id IS NULL AND q.state IN ('posted', 'told', 'dropped');
UPDATE bot.handover SET channel_id = '' WHERE person_id IS NULL;

-- +goose Down
DROP INDEX bot.question_press;
ALTER TABLE bot.question DROP COLUMN marker, DROP COLUMN post_id, DROP COLUMN overheard;
