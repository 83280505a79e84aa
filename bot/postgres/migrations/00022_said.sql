-- +goose Up

-- The bot's answer that goes along with a question, so that hosts see what its asker
-- has read. Nobody was shown that before, so nothing goes along with what is open.
ALTER TABLE bot.handover ADD COLUMN answer text NOT NULL DEFAULT ''; -- marker of its draft

-- +goose Down
ALTER TABLE bot.handover DROP COLUMN answer;
