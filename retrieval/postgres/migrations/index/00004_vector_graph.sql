-- +goose Up

-- A collection's number stands in each of its vectors and in the predicate of
-- its graph.
ALTER TABLE collection ADD COLUMN number integer GENERATED ALWAYS AS IDENTITY UNIQUE;

-- Repeated from the document, like document_id: an exact search reads the
-- readable vectors by this index, and each collection can have a graph (HNSW)
-- of its own.
ALTER TABLE embedding ADD COLUMN collection integer REFERENCES collection (number);
UPDATE embedding e SET collection = c.number
FROM document d JOIN collection c ON c.name = d.collection WHERE d.id = e.document_id;
ALTER TABLE embedding ALTER COLUMN collection SET NOT NULL;
CREATE INDEX embedding_collection ON embedding (model, collection, passage_id, ordinal);

-- How well each graph finds what exact search finds. The graphs themselves are
-- indexes named embedding_graph_MODEL_COLLECTION, made while the house works:
-- model and collection are data. A graph without a row here is not searched.
CREATE TABLE vector_graph (
    model       smallint NOT NULL REFERENCES model (id) ON DELETE CASCADE,
    collection  integer NOT NULL REFERENCES collection (number) ON DELETE CASCADE,
    built       bigint NOT NULL,  -- version of the index when the graph was built
    measured    bigint NOT NULL,  -- and when its recall was measured
    units       integer NOT NULL, -- vectors in it then
    recall      real NOT NULL CHECK (recall BETWEEN 0 AND 1),
    measured_at timestamptz NOT NULL,
    PRIMARY KEY (model, collection)
);

-- +goose Down
DROP TABLE vector_graph;
ALTER TABLE embedding DROP COLUMN collection; -- takes the graphs with it
ALTER TABLE collection DROP COLUMN number;
