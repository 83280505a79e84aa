-- +goose Up

-- An embedding set is all vectors of one model. Searches compare with those of
-- the active set alone. Beside it one may be built, which ingestion keeps
-- current; a retired one is left as it is until it is built on or removed.
ALTER TABLE model ADD COLUMN state text NOT NULL DEFAULT 'retired' CHECK (state IN ('building', 'active', 'retired'));
ALTER TABLE model ALTER COLUMN state DROP DEFAULT;
UPDATE model SET state = 'active' WHERE id = (
    SELECT embedded FROM document WHERE embedded IS NOT NULL GROUP BY embedded ORDER BY count(*) DESC, embedded LIMIT 1);
CREATE UNIQUE INDEX model_in_use ON model (state) WHERE state IN ('building', 'active');

-- Which documents have vectors of all their units in which set. The others of
-- an indexed document's sets wait for them.
CREATE TABLE embedded (
    document_id bigint NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    model       smallint NOT NULL REFERENCES model (id),
    PRIMARY KEY (document_id, model)
);
CREATE INDEX embedded_model ON embedded (model);
INSERT INTO embedded (document_id, model) SELECT id, embedded FROM document WHERE embedded IS NOT NULL;
ALTER TABLE document DROP COLUMN embedded;

-- +goose Down
ALTER TABLE document ADD COLUMN embedded smallint REFERENCES model (id);
UPDATE document SET embedded = e.model FROM embedded e JOIN model m ON m.id = e.model
    WHERE e.document_id = document.id AND m.state = 'active';
DELETE FROM embedding USING model m WHERE m.id = embedding.model AND m.state <> 'active';
DROP TABLE embedded;
DELETE FROM model WHERE state <> 'active';
DROP INDEX model_in_use;
ALTER TABLE model DROP COLUMN state;
