-- +goose Up

-- Answers that hosts have made of what they answered to a ticket. A version's words
-- never change; who mends them writes another one, so that what is approved is what
-- was seen. A ticket has one draft and one approved version at most.
CREATE TABLE bot.approved_answer (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    number       bigint NOT NULL REFERENCES bot.ticket,
    stage        text NOT NULL CHECK (stage IN ('draft', 'approved', 'returned', 'replaced', 'withdrawn')),
    questions    text[] NOT NULL,
    text         text NOT NULL,
    owner        text NOT NULL,             -- a function
    document     text NOT NULL,
    quote        text NOT NULL,
    version      text NOT NULL,             -- of the passage that the quote stands in
    valid_until  date NOT NULL,
    supersedes   text NOT NULL,             -- name of another answer; empty: none
    author_person_id   uuid REFERENCES bot.person ON DELETE SET NULL,
    approver_person_id uuid REFERENCES bot.person ON DELETE SET NULL,
    contact_person_id  uuid REFERENCES bot.person ON DELETE SET NULL,
    written_by   text NOT NULL UNIQUE,      -- question of the inbox
    decided_by   text NOT NULL DEFAULT '',  -- likewise
    since        timestamptz NOT NULL,
    review_since timestamptz,               -- the basis of an approved one does not stand
    expires_at   timestamptz NOT NULL
);
CREATE UNIQUE INDEX approved_answer_current ON bot.approved_answer (number, stage) WHERE stage IN ('draft', 'approved');
CREATE INDEX approved_answer_author ON bot.approved_answer (author_person_id);
CREATE INDEX approved_answer_approver ON bot.approved_answer (approver_person_id);
CREATE INDEX approved_answer_contact ON bot.approved_answer (contact_person_id);
CREATE INDEX approved_answer_expiry ON bot.approved_answer (expires_at) WHERE text <> '';

-- What a button below a draft is on, and what the house has to say of a version.
ALTER TABLE bot.question ADD COLUMN on_version bigint NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE bot.question DROP COLUMN on_version;
DROP TABLE bot.approved_answer;
