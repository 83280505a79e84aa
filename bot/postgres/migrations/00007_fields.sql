-- +goose Up

-- What was typed into a dialog or behind a command stands in no post, so it is kept
-- here: of a dialog until its question is done, of a command as long as texts are.
-- It goes with the person. Rows from before have none.
CREATE TABLE bot.field (
    question_id uuid NOT NULL REFERENCES bot.question ON DELETE CASCADE,
    name        text NOT NULL,
    value       text NOT NULL,
    expires_at  timestamptz NOT NULL,
    PRIMARY KEY (question_id, name)
);
CREATE INDEX field_expiry ON bot.field (expires_at);

-- +goose Down

-- Before, nobody can work on them: who asked is told nothing, and may ask again.
UPDATE bot.question SET state = 'dropped', reason = 'gone', lease_until = NULL, due_at = NULL
WHERE origin IN ('dialog', 'command') AND state NOT IN ('posted', 'told', 'dropped');
DROP TABLE bot.field;
