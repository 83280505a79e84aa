-- +goose Up

-- What people and documents say about a document. contact is the user name of
-- whoever looks after it, owner the function that readers see.
ALTER TABLE document
    ADD contact      text NOT NULL DEFAULT '',
    ADD rank         integer CHECK (rank > 0), -- null: that of its collection
    ADD review_on    date,
    ADD as_of        date,
    ADD named        text NOT NULL DEFAULT '', -- the document that its text says it replaces
    ADD named_date   date,
    ADD hidden       integer NOT NULL DEFAULT 0,
    ADD facts        jsonb NOT NULL DEFAULT '[]',
    ADD failed_since timestamptz;              -- null: its newest version was taken in

-- A block lies over the state that syncs give a document, and outlives them:
-- also a file that vanishes and comes back.
ALTER TABLE document
    ADD held           text NOT NULL DEFAULT '' CHECK (held IN ('', 'indexed', 'quarantined')),
    ADD blocked_at     timestamptz,
    ADD blocked_by     text NOT NULL DEFAULT '' CHECK (blocked_by IN ('', 'owner', 'operator')),
    ADD blocked_reason text NOT NULL DEFAULT '';
UPDATE document SET held = CASE WHEN hash <> '' THEN 'indexed' ELSE 'quarantined' END,
    blocked_at = now(), blocked_by = 'operator', blocked_reason = reason, reason = '' WHERE state = 'blocked';
UPDATE document SET failed_since = now() WHERE reason <> '';
ALTER TABLE document
    ADD CHECK ((state = 'blocked') = (held <> '')),
    ADD CHECK (state NOT IN ('indexed', 'quarantined') OR blocked_at IS NULL),
    ADD CHECK (state <> 'blocked' OR blocked_at IS NOT NULL);

-- What one person is told in one message.
CREATE TABLE bundle (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    contact   text NOT NULL,
    made_at   timestamptz NOT NULL DEFAULT now(),
    handed_at timestamptz -- null: nobody has taken on to tell it
);
CREATE INDEX bundle_open ON bundle (id) WHERE handed_at IS NULL;

-- Events of documents that are told or being told, each once: key tells one
-- event of a kind from the next.
CREATE TABLE notice (
    document_id bigint NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    kind        text NOT NULL CHECK (kind IN ('failed', 'expiring', 'review', 'superseded')),
    key         text NOT NULL,
    bundle_id   bigint NOT NULL REFERENCES bundle (id) ON DELETE CASCADE,
    PRIMARY KEY (document_id, kind, key)
);
CREATE INDEX notice_bundle ON notice (bundle_id);

-- +goose Down
DROP TABLE notice, bundle;
UPDATE document SET reason = blocked_reason WHERE state = 'blocked';
ALTER TABLE document
    DROP contact, DROP rank, DROP review_on, DROP as_of, DROP named, DROP named_date, DROP hidden, DROP facts,
    DROP failed_since, DROP held, DROP blocked_at, DROP blocked_by, DROP blocked_reason;
