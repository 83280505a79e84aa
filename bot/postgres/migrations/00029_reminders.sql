-- +goose Up

-- Who wants to be reminded of which session, until it is over. No text is kept, and
-- it goes with the person.
CREATE TABLE bot.reminder (
    id        uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    person_id uuid NOT NULL REFERENCES bot.person (id) ON DELETE CASCADE,
    format    text NOT NULL,
    session   timestamptz NOT NULL,
    since     timestamptz NOT NULL
);
CREATE INDEX reminder_session ON bot.reminder (session, format);
CREATE INDEX reminder_person ON bot.reminder (person_id);

-- +goose Down
DROP TABLE bot.reminder;
