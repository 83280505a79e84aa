-- +goose Up
-- A page or a post has an address of its own, which no template of its collection
-- could make of its path. Empty: the collection's link holds.
ALTER TABLE document ADD COLUMN link text NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE document DROP COLUMN link;
