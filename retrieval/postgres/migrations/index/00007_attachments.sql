-- +goose Up

-- A block of a file covers what is attached to it: documents whose path lies
-- below the file's. blocked_with is the file whose block a document is under;
-- null with a block: the document's own, which goes before any other.
ALTER TABLE document
    ADD COLUMN blocked_with bigint REFERENCES document (id),
    ADD CHECK (blocked_with IS NULL OR blocked_at IS NOT NULL);
CREATE INDEX document_blocked ON document (source) WHERE blocked_at IS NOT NULL AND blocked_with IS NULL;

WITH covered AS (
    UPDATE document d SET state = 'blocked', held = d.state, blocked_with = w.id,
        blocked_at = w.blocked_at, blocked_by = w.blocked_by, blocked_reason = w.blocked_reason
    FROM document w
    WHERE w.source = d.source AND starts_with(d.path, w.path || '/') AND w.blocked_at IS NOT NULL
        AND d.state IN ('indexed', 'quarantined')
        AND NOT EXISTS (SELECT FROM document o WHERE o.source = w.source AND starts_with(w.path, o.path || '/') AND o.blocked_at IS NOT NULL)
    RETURNING d.id
), next AS (
    UPDATE index_version SET version = version + 1 WHERE EXISTS (SELECT FROM covered) RETURNING version
)
SELECT version FROM next;
UPDATE document SET version = (SELECT version FROM index_version) WHERE blocked_with IS NOT NULL;

-- +goose Down
UPDATE index_version SET version = version + 1;
UPDATE document SET state = coalesce(nullif(held, ''), state), held = '', blocked_at = NULL, blocked_by = '', blocked_reason = '', blocked_with = NULL,
    version = (SELECT version FROM index_version)
    WHERE blocked_with IS NOT NULL;
ALTER TABLE document DROP COLUMN blocked_with;
