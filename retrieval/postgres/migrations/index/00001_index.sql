-- +goose Up

-- A set of documents with one set of readers and one rank. Named by people, so
-- the name is the key; source tells which source may change it.
CREATE TABLE collection (
    name     text PRIMARY KEY,
    source   text NOT NULL,
    rank     integer NOT NULL,
    staff    boolean NOT NULL,
    guests   boolean NOT NULL,
    channels text[] NOT NULL,
    link     text NOT NULL
);

-- The model's name and dimension are part of a vector's identity.
CREATE TABLE model (
    id         smallint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name       text NOT NULL,
    dimensions integer NOT NULL CHECK (dimensions > 0),
    UNIQUE (name, dimensions)
);

-- Counts the changes of the index. Raised as the last statement of each
-- changing transaction: its row lock makes versions visible in their order, so
-- that a reader who saw version n has seen all changes up to n.
CREATE TABLE index_version (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    version  bigint NOT NULL
);
INSERT INTO index_version (version) VALUES (1);

-- One row per path of a source, also for what could not be read. A document
-- that is gone keeps its row, empty, so that followers of the version learn of
-- it. Without a collection nobody may read it.
CREATE TABLE document (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source          text NOT NULL,
    path            text NOT NULL,
    state           text NOT NULL CHECK (state IN ('indexed', 'quarantined', 'blocked', 'gone')),
    reason          text NOT NULL DEFAULT '',
    mark            text NOT NULL DEFAULT '',
    hash            text NOT NULL DEFAULT '',
    listed          text NOT NULL DEFAULT '',
    collection      text REFERENCES collection (name),
    title           text NOT NULL DEFAULT '',
    owner           text NOT NULL DEFAULT '',
    valid_from      date,
    valid_until     date,
    supersedes      text NOT NULL DEFAULT '',
    superseded_by   bigint REFERENCES document (id) ON DELETE SET NULL,
    superseded_from date,
    modified_at     timestamptz,
    embedded        smallint REFERENCES model (id), -- all its units have vectors of this model
    version         bigint NOT NULL,
    UNIQUE (source, path),
    CHECK (state <> 'indexed' OR collection IS NOT NULL)
);
CREATE INDEX document_version ON document (version);
CREATE INDEX document_collection ON document (collection);

CREATE TABLE passage (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    document_id bigint NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    ordinal     integer NOT NULL,
    headings    text[] NOT NULL,
    place       text NOT NULL,
    anchor      text NOT NULL,
    body        text NOT NULL,
    UNIQUE (document_id, ordinal)
);

-- Not named vector: a table is a type, too, and would hide pgvector's.
-- What is embedded is smaller than what is read: one to several vectors for a
-- passage. The column has no dimension, because vectors of two models stand
-- here while documents are embedded anew. document_id is repeated from the
-- passage so that rights are joined to one small table. The hash of the
-- embedded text lets a changed document keep the vectors of what did not change.
CREATE TABLE embedding (
    passage_id  bigint NOT NULL REFERENCES passage (id) ON DELETE CASCADE,
    ordinal     integer NOT NULL,
    model       smallint NOT NULL REFERENCES model (id),
    document_id bigint NOT NULL,
    hash        bytea NOT NULL,
    vector      vector NOT NULL,
    PRIMARY KEY (passage_id, ordinal, model)
) WITH (toast_tuple_target = 8160); -- up to about 2000 numbers stay in the row: an exact scan reads them all
CREATE INDEX embedding_document ON embedding (document_id);
CREATE INDEX embedding_hash ON embedding (hash, model);

-- +goose Down
DROP TABLE embedding;
DROP TABLE passage;
DROP TABLE document;
DROP TABLE index_version;
DROP TABLE model;
DROP TABLE collection;
