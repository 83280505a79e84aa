CREATE SCHEMA retrieval;

CREATE TABLE retrieval.document (
    id bigint NOT NULL,
    source text NOT NULL,
    path text NOT NULL,
    state text NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    mark text DEFAULT ''::text NOT NULL,
    hash text DEFAULT ''::text NOT NULL,
    listed text DEFAULT ''::text NOT NULL,
    collection text,
    title text DEFAULT ''::text NOT NULL,
    owner text DEFAULT ''::text NOT NULL,
    valid_from date,
    valid_until date,
    supersedes text DEFAULT ''::text NOT NULL,
    superseded_by bigint,
    superseded_from date,
    modified_at timestamp with time zone,
    version bigint NOT NULL,
    contact text DEFAULT ''::text NOT NULL,
    rank integer,
    review_on date,
    as_of date,
    named text DEFAULT ''::text NOT NULL,
    named_date date,
    hidden integer DEFAULT 0 NOT NULL,
    facts jsonb DEFAULT '[]'::jsonb NOT NULL,
    failed_since timestamp with time zone,
    held text DEFAULT ''::text NOT NULL,
    blocked_at timestamp with time zone,
    blocked_by text DEFAULT ''::text NOT NULL,
    blocked_reason text DEFAULT ''::text NOT NULL,
    link text DEFAULT ''::text NOT NULL,
    blocked_with bigint,
    known_since date,
    replaces_from date,
    form text DEFAULT ''::text NOT NULL,
    beside text DEFAULT ''::text NOT NULL,
    verdict text DEFAULT 'reread'::text NOT NULL,
    judged text DEFAULT ''::text NOT NULL,
    reason_code text DEFAULT ''::text NOT NULL,
    remarks jsonb DEFAULT '[]'::jsonb NOT NULL,
    CONSTRAINT document_blocked_by_check CHECK ((blocked_by = ANY (ARRAY[''::text, 'owner'::text, 'operator'::text]))),
    CONSTRAINT document_check CHECK (((state <> 'indexed'::text) OR (collection IS NOT NULL))),
    CONSTRAINT document_check1 CHECK (((state = 'blocked'::text) = (held <> ''::text))),
    CONSTRAINT document_check2 CHECK (((state <> ALL (ARRAY['indexed'::text, 'quarantined'::text])) OR (blocked_at IS NULL))),
    CONSTRAINT document_check3 CHECK (((state <> 'blocked'::text) OR (blocked_at IS NOT NULL))),
    CONSTRAINT document_check4 CHECK (((blocked_with IS NULL) OR (blocked_at IS NOT NULL))),
    CONSTRAINT document_check5 CHECK (((reason = ''::text) = (reason_code = ''::text))),
    CONSTRAINT document_held_check CHECK ((held = ANY (ARRAY[''::text, 'indexed'::text, 'quarantined'::text]))),
    CONSTRAINT document_rank_check CHECK ((rank > 0)),
    CONSTRAINT document_state_check CHECK ((state = ANY (ARRAY['indexed'::text, 'quarantined'::text, 'blocked'::text, 'gone'::text]))),
    CONSTRAINT document_verdict_check CHECK ((verdict = ANY (ARRAY['taken'::text, 'refused'::text, 'again'::text, 'reread'::text])))
);

CREATE FUNCTION retrieval.serves(d retrieval.document, day date) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
    SELECT d.state = 'indexed'
        AND (coalesce(d.valid_from, d.replaces_from) IS NULL OR coalesce(d.valid_from, d.replaces_from) <= day)
        AND (d.valid_until IS NULL OR d.valid_until >= day)
        AND (d.superseded_by IS NULL OR coalesce(d.superseded_from > day, false))
$$;

CREATE TABLE retrieval.bundle (
    id bigint NOT NULL,
    contact text NOT NULL,
    made_at timestamp with time zone DEFAULT now() NOT NULL,
    handed_at timestamp with time zone
);

ALTER TABLE retrieval.bundle ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME retrieval.bundle_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE retrieval.collection (
    name text NOT NULL,
    source text NOT NULL,
    rank integer NOT NULL,
    staff boolean NOT NULL,
    guests boolean NOT NULL,
    channels text[] NOT NULL,
    link text NOT NULL,
    number integer NOT NULL
);

ALTER TABLE retrieval.collection ALTER COLUMN number ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME retrieval.collection_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE retrieval.collection_said (
    collection text NOT NULL,
    source text NOT NULL,
    staff boolean NOT NULL,
    guests boolean NOT NULL,
    channels text[] NOT NULL
);

ALTER TABLE retrieval.document ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME retrieval.document_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE retrieval.embedded (
    document_id bigint NOT NULL,
    model smallint NOT NULL
);

CREATE TABLE retrieval.embedding (
    passage_id bigint NOT NULL,
    ordinal integer NOT NULL,
    model smallint NOT NULL,
    document_id bigint NOT NULL,
    hash bytea NOT NULL,
    vector public.vector NOT NULL,
    collection integer NOT NULL
)
WITH (toast_tuple_target='8160');

CREATE TABLE retrieval.holder (
    name text NOT NULL,
    number bigint NOT NULL
);

CREATE TABLE retrieval.house (
    only_row boolean DEFAULT true NOT NULL,
    name text NOT NULL,
    CONSTRAINT house_only_row_check CHECK (only_row)
);

CREATE TABLE retrieval.index_version (
    only_row boolean DEFAULT true NOT NULL,
    version bigint NOT NULL,
    CONSTRAINT index_version_only_row_check CHECK (only_row)
);

CREATE TABLE retrieval.model (
    id smallint NOT NULL,
    name text NOT NULL,
    dimensions integer NOT NULL,
    state text NOT NULL,
    CONSTRAINT model_dimensions_check CHECK ((dimensions > 0)),
    CONSTRAINT model_state_check CHECK ((state = ANY (ARRAY['building'::text, 'active'::text, 'retired'::text])))
);

ALTER TABLE retrieval.model ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME retrieval.model_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE retrieval.notice (
    document_id bigint NOT NULL,
    kind text NOT NULL,
    key text NOT NULL,
    bundle_id bigint NOT NULL,
    CONSTRAINT notice_kind_check CHECK ((kind = ANY (ARRAY['failed'::text, 'expiring'::text, 'review'::text, 'superseded'::text, 'left_out'::text])))
);

CREATE TABLE retrieval.passage (
    id bigint NOT NULL,
    document_id bigint NOT NULL,
    ordinal integer NOT NULL,
    headings text[] NOT NULL,
    place text NOT NULL,
    anchor text NOT NULL,
    body text NOT NULL
);

ALTER TABLE retrieval.passage ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME retrieval.passage_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE retrieval.source (
    name text NOT NULL,
    place text DEFAULT ''::text NOT NULL
);

CREATE TABLE retrieval.source_position (
    source text NOT NULL,
    "position" text NOT NULL
);

CREATE TABLE retrieval.synonym_group (
    id bigint NOT NULL,
    line text NOT NULL
);

ALTER TABLE retrieval.synonym_group ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME retrieval.synonym_group_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE retrieval.synonym_version (
    only_row boolean DEFAULT true NOT NULL,
    version bigint NOT NULL,
    CONSTRAINT synonym_version_only_row_check CHECK (only_row)
);

CREATE TABLE retrieval.vector_graph (
    model smallint NOT NULL,
    collection integer NOT NULL,
    built bigint NOT NULL,
    measured bigint NOT NULL,
    units integer NOT NULL,
    recall real NOT NULL,
    measured_at timestamp with time zone NOT NULL,
    CONSTRAINT vector_graph_recall_check CHECK (((recall >= (0)::double precision) AND (recall <= (1)::double precision)))
);

ALTER TABLE ONLY retrieval.bundle
    ADD CONSTRAINT bundle_pkey PRIMARY KEY (id);

ALTER TABLE ONLY retrieval.collection
    ADD CONSTRAINT collection_number_key UNIQUE (number);

ALTER TABLE ONLY retrieval.collection
    ADD CONSTRAINT collection_pkey PRIMARY KEY (name);

ALTER TABLE ONLY retrieval.collection_said
    ADD CONSTRAINT collection_said_pkey PRIMARY KEY (collection, source);

ALTER TABLE ONLY retrieval.document
    ADD CONSTRAINT document_pkey PRIMARY KEY (id);

ALTER TABLE ONLY retrieval.document
    ADD CONSTRAINT document_source_path_key UNIQUE (source, path);

ALTER TABLE ONLY retrieval.embedded
    ADD CONSTRAINT embedded_pkey PRIMARY KEY (document_id, model);

ALTER TABLE ONLY retrieval.embedding
    ADD CONSTRAINT embedding_pkey PRIMARY KEY (passage_id, ordinal, model);

ALTER TABLE ONLY retrieval.holder
    ADD CONSTRAINT holder_pkey PRIMARY KEY (name);

ALTER TABLE ONLY retrieval.house
    ADD CONSTRAINT house_pkey PRIMARY KEY (only_row);

ALTER TABLE ONLY retrieval.index_version
    ADD CONSTRAINT index_version_pkey PRIMARY KEY (only_row);

ALTER TABLE ONLY retrieval.model
    ADD CONSTRAINT model_name_dimensions_key UNIQUE (name, dimensions);

ALTER TABLE ONLY retrieval.model
    ADD CONSTRAINT model_pkey PRIMARY KEY (id);

ALTER TABLE ONLY retrieval.notice
    ADD CONSTRAINT notice_pkey PRIMARY KEY (document_id, kind, key);

ALTER TABLE ONLY retrieval.passage
    ADD CONSTRAINT passage_document_id_ordinal_key UNIQUE (document_id, ordinal);

ALTER TABLE ONLY retrieval.passage
    ADD CONSTRAINT passage_pkey PRIMARY KEY (id);

ALTER TABLE ONLY retrieval.source
    ADD CONSTRAINT source_pkey PRIMARY KEY (name);

ALTER TABLE ONLY retrieval.source_position
    ADD CONSTRAINT source_position_pkey PRIMARY KEY (source);

ALTER TABLE ONLY retrieval.synonym_group
    ADD CONSTRAINT synonym_group_pkey PRIMARY KEY (id);

ALTER TABLE ONLY retrieval.synonym_version
    ADD CONSTRAINT synonym_version_pkey PRIMARY KEY (only_row);

ALTER TABLE ONLY retrieval.vector_graph
    ADD CONSTRAINT vector_graph_pkey PRIMARY KEY (model, collection);

CREATE INDEX bundle_open ON retrieval.bundle USING btree (id) WHERE (handed_at IS NULL);

CREATE INDEX document_blocked ON retrieval.document USING btree (source) WHERE ((blocked_at IS NOT NULL) AND (blocked_with IS NULL));

CREATE INDEX document_collection ON retrieval.document USING btree (collection);

CREATE INDEX document_version ON retrieval.document USING btree (version);

CREATE INDEX embedded_model ON retrieval.embedded USING btree (model);

CREATE INDEX embedding_collection ON retrieval.embedding USING btree (model, collection, passage_id, ordinal);

CREATE INDEX embedding_document ON retrieval.embedding USING btree (document_id);

CREATE INDEX embedding_hash ON retrieval.embedding USING btree (hash, model);

CREATE UNIQUE INDEX model_in_use ON retrieval.model USING btree (state) WHERE (state = ANY (ARRAY['building'::text, 'active'::text]));

CREATE INDEX notice_bundle ON retrieval.notice USING btree (bundle_id);

ALTER TABLE ONLY retrieval.collection_said
    ADD CONSTRAINT collection_said_collection_fkey FOREIGN KEY (collection) REFERENCES retrieval.collection(name) ON DELETE CASCADE;

ALTER TABLE ONLY retrieval.document
    ADD CONSTRAINT document_blocked_with_fkey FOREIGN KEY (blocked_with) REFERENCES retrieval.document(id);

ALTER TABLE ONLY retrieval.document
    ADD CONSTRAINT document_collection_fkey FOREIGN KEY (collection) REFERENCES retrieval.collection(name);

ALTER TABLE ONLY retrieval.document
    ADD CONSTRAINT document_superseded_by_fkey FOREIGN KEY (superseded_by) REFERENCES retrieval.document(id) ON DELETE SET NULL;

ALTER TABLE ONLY retrieval.embedded
    ADD CONSTRAINT embedded_document_id_fkey FOREIGN KEY (document_id) REFERENCES retrieval.document(id) ON DELETE CASCADE;

ALTER TABLE ONLY retrieval.embedded
    ADD CONSTRAINT embedded_model_fkey FOREIGN KEY (model) REFERENCES retrieval.model(id);

ALTER TABLE ONLY retrieval.embedding
    ADD CONSTRAINT embedding_collection_fkey FOREIGN KEY (collection) REFERENCES retrieval.collection(number);

ALTER TABLE ONLY retrieval.embedding
    ADD CONSTRAINT embedding_model_fkey FOREIGN KEY (model) REFERENCES retrieval.model(id);

ALTER TABLE ONLY retrieval.embedding
    ADD CONSTRAINT embedding_passage_id_fkey FOREIGN KEY (passage_id) REFERENCES retrieval.passage(id) ON DELETE CASCADE;

ALTER TABLE ONLY retrieval.notice
    ADD CONSTRAINT notice_bundle_id_fkey FOREIGN KEY (bundle_id) REFERENCES retrieval.bundle(id) ON DELETE CASCADE;

ALTER TABLE ONLY retrieval.notice
    ADD CONSTRAINT notice_document_id_fkey FOREIGN KEY (document_id) REFERENCES retrieval.document(id) ON DELETE CASCADE;

ALTER TABLE ONLY retrieval.passage
    ADD CONSTRAINT passage_document_id_fkey FOREIGN KEY (document_id) REFERENCES retrieval.document(id) ON DELETE CASCADE;

ALTER TABLE ONLY retrieval.vector_graph
    ADD CONSTRAINT vector_graph_collection_fkey FOREIGN KEY (collection) REFERENCES retrieval.collection(number) ON DELETE CASCADE;

ALTER TABLE ONLY retrieval.vector_graph
    ADD CONSTRAINT vector_graph_model_fkey FOREIGN KEY (model) REFERENCES retrieval.model(id) ON DELETE CASCADE;
