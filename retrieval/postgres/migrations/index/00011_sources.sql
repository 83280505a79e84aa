-- +goose Up

-- Where the documents of a source lie, as the configuration said when it was last
-- ingested: a name that comes to mean another place must not take its documents
-- for gone. Empty: not known, the next ingest says it.
CREATE TABLE source (
    name  text PRIMARY KEY,
    place text NOT NULL DEFAULT ''
);
INSERT INTO source (name) SELECT source FROM document WHERE state <> 'gone' UNION SELECT source FROM collection;

-- Who may read a collection, as each source says that lists documents in it. In
-- force is what all of them allow.
CREATE TABLE collection_said (
    collection text NOT NULL REFERENCES collection (name) ON DELETE CASCADE,
    source     text NOT NULL,
    staff      boolean NOT NULL,
    guests     boolean NOT NULL,
    channels   text[] NOT NULL,
    PRIMARY KEY (collection, source)
);
INSERT INTO collection_said (collection, source, staff, guests, channels)
SELECT name, source, staff, guests, channels FROM collection
UNION
SELECT c.name, d.source, c.staff, c.guests, c.channels
FROM document d JOIN collection c ON c.name = d.listed WHERE d.state <> 'gone';

-- +goose Down
DROP TABLE collection_said, source;
