-- +goose Up

-- Each holder of a lock gets the next number. What it changes must bear the newest
-- one: a holder whose connection died, so that the lock went to another, can
-- change nothing any more.
CREATE TABLE holder (
    name   text PRIMARY KEY,
    number bigint NOT NULL
);

-- +goose Down
DROP TABLE holder;
