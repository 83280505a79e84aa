-- +goose Up

-- Vectors by the text that they were made of, for evaluations that build an
-- index again and again. The text itself is not kept. kind: models embed
-- passages and questions differently.
CREATE TABLE cached (
    model      text NOT NULL,
    dimensions integer NOT NULL,
    kind       text NOT NULL CHECK (kind IN ('passage', 'query')),
    hash       bytea NOT NULL,
    vector     vector NOT NULL,
    PRIMARY KEY (model, dimensions, kind, hash)
);

-- +goose Down
DROP TABLE cached;
