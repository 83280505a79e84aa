-- +goose Up

-- The house's synonyms, one group a row, as its list has them. They are applied
-- to questions only, so that a change needs no new index.
CREATE TABLE synonym_group (
    id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    line text NOT NULL -- "DA = Dienstanweisung"
);

-- Counts the changes of the list; its row lock makes them wait for each other.
CREATE TABLE synonym_version (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    version  bigint NOT NULL
);
INSERT INTO synonym_version (version) VALUES (0);

-- +goose Down
DROP TABLE synonym_version;
DROP TABLE synonym_group;
