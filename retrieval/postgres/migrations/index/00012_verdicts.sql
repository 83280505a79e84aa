-- +goose Up

-- What a sync remembers of a document was one text, mark: the form of the index,
-- what is said beside the content, the source's version, and a verdict. Now each
-- has its column. The kind of a reason stands beside its words, so that nothing
-- goes by the words.
ALTER TABLE document
    ADD COLUMN form        text NOT NULL DEFAULT '', -- of the index that it was read for
    ADD COLUMN beside      text NOT NULL DEFAULT '', -- hash of what is said beside the content
    ADD COLUMN verdict     text NOT NULL DEFAULT 'reread' CHECK (verdict IN ('taken', 'refused', 'again', 'reread')),
    ADD COLUMN judged      text NOT NULL DEFAULT '', -- hash of the content that was refused
    ADD COLUMN reason_code text NOT NULL DEFAULT '';

-- The forms of mark: "" (read anew), "again VERSION", "FORM VERSION",
-- "FORM+BESIDE VERSION", earlier "FORM VERSION BESIDE"; the last three may end in
-- " refused HASH".
UPDATE document SET verdict = CASE
        WHEN mark = '' THEN 'reread'
        WHEN starts_with(mark, 'again ') THEN 'again'
        WHEN mark ~ ' refused [0-9a-f]{64}$' OR reason <> '' THEN 'refused'
        ELSE 'taken' END,
    judged = coalesce(substring(mark FROM ' refused ([0-9a-f]{64})$'), '');
UPDATE document SET mark = regexp_replace(mark, ' refused [0-9a-f]{64}$', '');
UPDATE document SET mark = substr(mark, length('again ') + 1) WHERE verdict = 'again';
UPDATE document SET
    form = split_part(split_part(mark, ' ', 1), '+', 1),
    beside = coalesce(nullif(split_part(split_part(mark, ' ', 1), '+', 2), ''), substring(mark FROM ' ([0-9a-f]{16})$'), ''),
    mark = CASE WHEN split_part(mark, ' ', 1) LIKE '%+%' THEN substr(mark, strpos(mark, ' ') + 1)
        ELSE regexp_replace(substr(mark, strpos(mark, ' ') + 1), ' [0-9a-f]{16}$', '') END
WHERE verdict IN ('taken', 'refused') AND strpos(mark, ' ') > 0;

UPDATE document SET reason_code = CASE
        WHEN reason LIKE '%.meta.yaml:%' THEN 'sidecar'
        WHEN starts_with(reason, 'empty') THEN 'empty'
        WHEN starts_with(reason, 'too large') THEN 'too_large'
        WHEN starts_with(reason, 'not text') THEN 'not_text'
        WHEN starts_with(reason, 'unsupported type') THEN 'unsupported'
        WHEN starts_with(reason, 'front matter') OR starts_with(reason, 'valid_') OR starts_with(reason, 'rank:')
            OR starts_with(reason, 'review_date:') OR starts_with(reason, 'collection "') THEN 'head'
        WHEN starts_with(reason, 'damaged') THEN 'damaged'
        WHEN starts_with(reason, 'reader crashed') THEN 'crashed'
        WHEN starts_with(reason, 'encrypted') THEN 'encrypted'
        WHEN starts_with(reason, 'no text layer') THEN 'no_text_layer'
        WHEN starts_with(reason, 'unsafe') THEN 'unsafe'
        WHEN starts_with(reason, 'too slow') THEN 'too_slow'
        WHEN starts_with(reason, 'too much memory') THEN 'too_much_memory'
        WHEN starts_with(reason, 'cannot be ') THEN 'unreachable'
        ELSE 'other' END
WHERE reason <> '';
ALTER TABLE document ADD CHECK ((reason = '') = (reason_code = ''));

-- Told already, with a key that a failure which may pass has no longer.
UPDATE notice n SET key = extract(epoch FROM d.failed_since)::text FROM document d
WHERE d.id = n.document_id AND n.kind = 'failed' AND d.verdict = 'again'
    AND n.key = extract(epoch FROM d.failed_since)::text || ' ' || md5(d.reason)
    AND NOT EXISTS (SELECT FROM notice o WHERE o.document_id = n.document_id AND o.kind = 'failed' AND o.key = extract(epoch FROM d.failed_since)::text);

-- +goose Down
UPDATE document SET mark = CASE verdict
    WHEN 'reread' THEN ''
    WHEN 'again' THEN CASE WHEN mark = '' THEN '' ELSE 'again ' || mark END
    ELSE form || ' ' || mark || CASE WHEN beside = '' THEN '' ELSE ' ' || beside END || CASE WHEN judged = '' THEN '' ELSE ' refused ' || judged END END;
ALTER TABLE document DROP COLUMN form, DROP COLUMN beside, DROP COLUMN verdict, DROP COLUMN judged, DROP COLUMN reason_code;
