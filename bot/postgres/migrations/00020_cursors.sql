-- +goose Up

-- How far a direct message was read named a person by the id of that channel, and
-- outlived forgetting. Which rows those are, only the chat server knows: all go, and
-- each channel is read once more since the last run that read everything, whose row
-- has no channel and stays.
DELETE FROM bot.cursor WHERE channel_id <> '';

-- +goose Down

-- The next catch-up writes the rows again.
SELECT 1;
