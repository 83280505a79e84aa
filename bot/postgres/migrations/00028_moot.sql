-- +goose Up

-- What a reply decides, so that the buttons of earlier posts that are a choice about it
-- go from them, also after a crash; and a way to find those posts among all that are
-- kept. Replies that are under way decide nothing: their buttons stay, as before.
ALTER TABLE bot.draft ADD COLUMN moot jsonb NOT NULL DEFAULT '[]';
CREATE INDEX draft_buttons ON bot.draft USING gin (buttons jsonb_path_ops) WHERE buttons <> '[]';

-- +goose Down
DROP INDEX bot.draft_buttons;
ALTER TABLE bot.draft DROP COLUMN moot;
