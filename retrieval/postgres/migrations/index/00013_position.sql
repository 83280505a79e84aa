-- +goose Up

-- Where a source that follows its server's changes goes on at the next sync, in
-- its own words. Only a sync that took everything in saves it. Sources known
-- already have none and are listed in full once.
CREATE TABLE source_position (
    source   text PRIMARY KEY,
    position text NOT NULL
);

-- +goose Down
DROP TABLE source_position;
