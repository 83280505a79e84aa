-- +goose Up

-- What is posted while a reply is still worked out: a word that it takes a moment, or
-- quotes that prose takes the place of. As long as it is early, its post does not show
-- the draft's text. Drafts of before are none.
ALTER TABLE bot.draft ADD COLUMN early boolean NOT NULL DEFAULT false;

-- +goose Down
ALTER TABLE bot.draft DROP COLUMN early;
