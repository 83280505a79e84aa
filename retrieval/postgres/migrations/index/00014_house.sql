-- +goose Up

-- Whose database this is, as the configuration calls the house. Written by the
-- first program that knows; one configured for another house changes nothing.
CREATE TABLE house (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    name     text NOT NULL
);

-- +goose Down
DROP TABLE house;
