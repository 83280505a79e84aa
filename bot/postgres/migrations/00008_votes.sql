-- +goose Up

-- What people say of answers: one row for each person and answer, by the person's id
-- of a month. It goes with the person, and with the answer's question. Votes are
-- counted, and shown for nobody.
CREATE TABLE bot.vote (
    question_id uuid NOT NULL REFERENCES bot.question ON DELETE CASCADE,
    person_id   uuid NOT NULL REFERENCES bot.person ON DELETE CASCADE,
    helpful     boolean NOT NULL,
    reason      text NOT NULL CHECK (reason IN ('', 'wrong', 'outdated', 'source', 'brief', 'other')),
    reaction    boolean NOT NULL,          -- by a reaction to the post
    at          timestamptz NOT NULL,
    PRIMARY KEY (question_id, person_id)
);
CREATE INDEX vote_person ON bot.vote (person_id);

-- A reply may bring a file, which is kept until it is posted, as its text is.
ALTER TABLE bot.draft
    ADD COLUMN file_name text NOT NULL DEFAULT '',
    ADD COLUMN file      bytea;

-- +goose Down
ALTER TABLE bot.draft DROP COLUMN file_name, DROP COLUMN file;
DROP TABLE bot.vote;
