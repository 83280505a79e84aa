-- +goose Up

-- How the bot acts in a channel, as its admins have set it; where none has, there is
-- no row. Who looks at answers first goes with the person.
CREATE TABLE bot.channel (
    channel_id text PRIMARY KEY,
    mode       text NOT NULL CHECK (mode IN ('off', 'mentions', 'threads', 'private', 'review')),
    reviewer   uuid REFERENCES bot.person ON DELETE SET NULL
);
CREATE INDEX channel_reviewer ON bot.channel (reviewer);

-- +goose Down
DROP TABLE bot.channel;
