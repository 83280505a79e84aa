-- +goose Up

-- One LeanCoffee in a channel. What was said stands in state, without names; votes
-- by person stand there only until they are counted.
CREATE TABLE bot.coffee (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    channel_id text NOT NULL,
    root_id    text NOT NULL DEFAULT '',
    phase      text NOT NULL CHECK (phase IN ('collecting', 'voting', 'talking', 'deciding', 'over')),
    until      timestamptz, -- null: it is over
    state      jsonb NOT NULL,
    opened_by  text NOT NULL UNIQUE, -- the inbox question that began it
    expires_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX coffee_running ON bot.coffee (channel_id) WHERE phase <> 'over';
CREATE INDEX coffee_root ON bot.coffee (root_id) WHERE root_id <> '';

ALTER TABLE bot.question ADD COLUMN on_coffee bigint NOT NULL DEFAULT 0, ADD COLUMN on_topic integer NOT NULL DEFAULT 0;
ALTER TABLE bot.draft ADD COLUMN coffee bigint NOT NULL DEFAULT 0,
    DROP CONSTRAINT draft_kind_check,
    ADD CONSTRAINT draft_kind_check CHECK (kind IN ('', 'answer', 'card', 'hosts', 'notice', 'bundle', 'coffee'));

-- +goose Down
UPDATE bot.draft SET kind = '' WHERE kind = 'coffee';
ALTER TABLE bot.draft DROP COLUMN coffee,
    DROP CONSTRAINT draft_kind_check,
    ADD CONSTRAINT draft_kind_check CHECK (kind IN ('', 'answer', 'card', 'hosts', 'notice', 'bundle'));
ALTER TABLE bot.question DROP COLUMN on_coffee, DROP COLUMN on_topic;
DROP TABLE bot.coffee;
