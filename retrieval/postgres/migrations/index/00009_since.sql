-- +goose Up

-- For replacements by a document that does not say from when it is valid.
-- known_since is the day on which the index first held the document; of those
-- that it held already, no earlier day is known than today. replaces_from is the
-- day on which the document came to replace others: before it, they served.
ALTER TABLE document
    ADD COLUMN known_since   date,
    ADD COLUMN replaces_from date;
UPDATE document SET known_since = (now() AT TIME ZONE 'Europe/Berlin')::date WHERE 'indexed' IN (state, held);

-- +goose Down
ALTER TABLE document DROP COLUMN known_since, DROP COLUMN replaces_from;
