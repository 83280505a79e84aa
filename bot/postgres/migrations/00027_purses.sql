-- +goose Up

-- What questions to the model have spent of the day's tokens, so that all replicas
-- keep one budget. A purse is named by a keyed hash; the key is of the day and goes
-- with it, so that nobody can say afterwards whose it was.
CREATE TABLE bot.purse_day (
    day date PRIMARY KEY,
    key bytea NOT NULL CHECK (length(key) = 32)
);
CREATE TABLE bot.purse (
    day    date NOT NULL REFERENCES bot.purse_day ON DELETE CASCADE,
    name   bytea NOT NULL,
    tokens bigint NOT NULL CHECK (tokens >= 0),
    PRIMARY KEY (day, name)
);

-- +goose Down
DROP TABLE bot.purse;
DROP TABLE bot.purse_day;
