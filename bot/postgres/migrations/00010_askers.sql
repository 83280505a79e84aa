-- +goose Up

-- A ticket was its asker's alone. Now others may join it: one row for each who asks
-- it, the first one's included, with the words that go with this person. The person
-- and text of the ticket itself are those of the first who still asks.
CREATE TABLE bot.ticket_asker (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,  -- in the order in which they came
    handover_id uuid NOT NULL UNIQUE REFERENCES bot.handover,
    number      bigint NOT NULL REFERENCES bot.ticket,
    person_id   uuid REFERENCES bot.person ON DELETE CASCADE,
    text        text NOT NULL,
    state       text NOT NULL DEFAULT 'asking' CHECK (state IN ('asking', 'settled', 'withdrawn')),
    joined_at   timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL
);
INSERT INTO bot.ticket_asker (handover_id, number, person_id, text, joined_at, expires_at)
SELECT handover_id, number, person_id, text, created_at, expires_at FROM bot.ticket WHERE person_id IS NOT NULL ORDER BY number;
CREATE INDEX ticket_asker_number ON bot.ticket_asker (number);
CREATE INDEX ticket_asker_person ON bot.ticket_asker (person_id);
CREATE INDEX ticket_asker_expiry ON bot.ticket_asker (expires_at) WHERE text <> '';

-- +goose Down
DROP TABLE bot.ticket_asker;
