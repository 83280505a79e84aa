-- +goose Up

-- A draft had one file, kept in its row. What people send each other are several, to
-- each of many who ask the same: they are kept once for all drafts of a reply, until
-- those are posted.
CREATE TABLE bot.file (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    question_id uuid NOT NULL REFERENCES bot.question ON DELETE CASCADE,
    name        text NOT NULL,
    content     bytea NOT NULL,
    expires_at  timestamptz NOT NULL,
    marker      text -- of the draft that it was taken over from
);
ALTER TABLE bot.draft ADD COLUMN files bigint[] NOT NULL DEFAULT '{}';
INSERT INTO bot.file (question_id, name, content, expires_at, marker)
SELECT question_id, file_name, file, expires_at, marker FROM bot.draft WHERE file IS NOT NULL AND file <> '' AND NOT obsolete;
UPDATE bot.draft d SET files = ARRAY[f.id] FROM bot.file f WHERE f.marker = d.marker;
ALTER TABLE bot.file DROP COLUMN marker;
ALTER TABLE bot.draft DROP COLUMN file_name, DROP COLUMN file;
CREATE INDEX file_question ON bot.file (question_id);
CREATE INDEX file_expiry ON bot.file (expires_at);

-- What an asker wants to go over besides the words.
ALTER TABLE bot.handover ADD COLUMN files text[] NOT NULL DEFAULT '{}'; -- ids in the chat platform

-- +goose Down
ALTER TABLE bot.handover DROP COLUMN files;
ALTER TABLE bot.draft ADD COLUMN file_name text NOT NULL DEFAULT '', ADD COLUMN file bytea;
UPDATE bot.draft d SET file_name = f.name, file = f.content FROM bot.file f WHERE f.id = d.files[1];
ALTER TABLE bot.draft DROP COLUMN files;
DROP TABLE bot.file;
