-- +goose Up

-- What an action is on and what a draft is about were one text each ("12",
-- "card:12", "answer:Leitlinien,KI+%26+Recht"), which each reader took apart. Now
-- they have columns of their types; empty or 0 is none. What an answer rests on is
-- kept besides, so that it can be looked at again before the answer is posted.
ALTER TABLE bot.question
    ADD COLUMN on_post     text NOT NULL DEFAULT '',
    ADD COLUMN on_handover text NOT NULL DEFAULT '',
    ADD COLUMN on_ticket   bigint NOT NULL DEFAULT 0,
    ADD COLUMN on_document bigint NOT NULL DEFAULT 0,
    ADD COLUMN on_bundle   bigint NOT NULL DEFAULT 0;
UPDATE bot.question SET on_post = subject WHERE action = 'preview';
UPDATE bot.question SET on_handover = subject WHERE action IN ('yes', 'no');
UPDATE bot.question SET on_ticket = subject::bigint WHERE action IN ('settled', 'open') AND subject ~ '^\d{1,18}$';
UPDATE bot.question SET on_document = subject::bigint WHERE action IN ('block', 'release') AND subject ~ '^\d{1,18}$';
UPDATE bot.question SET on_bundle = subject::bigint WHERE action = 'notices' AND subject ~ '^\d{1,18}$';
ALTER TABLE bot.question DROP COLUMN subject;

ALTER TABLE bot.draft
    ADD COLUMN kind        text NOT NULL DEFAULT '' CHECK (kind IN ('', 'answer', 'card', 'notice', 'bundle')),
    ADD COLUMN ticket      bigint NOT NULL DEFAULT 0,
    ADD COLUMN bundle      bigint NOT NULL DEFAULT 0,
    ADD COLUMN collections text[] NOT NULL DEFAULT '{}',
    ADD COLUMN passages    bigint[] NOT NULL DEFAULT '{}',
    ADD COLUMN as_of       date;                            -- null: today
UPDATE bot.draft SET kind = split_part(about, ':', 1), ticket = split_part(about, ':', 2)::bigint WHERE about ~ '^(card|notice):\d{1,18}$';
UPDATE bot.draft SET kind = 'bundle', bundle = split_part(about, ':', 2)::bigint WHERE about ~ '^bundle:\d{1,18}$';
-- Names of collections were escaped as in the query of an address.
UPDATE bot.draft SET kind = 'answer', collections = ARRAY(
    SELECT convert_from((
        SELECT string_agg(CASE WHEN m[1] LIKE '\%%' THEN decode(substr(m[1], 2), 'hex') ELSE convert_to(m[1], 'UTF8') END, ''::bytea ORDER BY i)
        FROM regexp_matches(replace(name, '+', ' '), '%[0-9A-F]{2}|[^%]+', 'g') WITH ORDINALITY AS r (m, i)), 'UTF8')
    FROM unnest(string_to_array(substr(about, 8), ',')) WITH ORDINALITY AS n (name, place) WHERE name <> '' ORDER BY place)
WHERE about LIKE 'answer:%';
ALTER TABLE bot.draft DROP COLUMN about;

-- What a person was told on a day, by which question, so that it is said once
-- however many replicas there are. It goes with the person, and after a few days.
CREATE TABLE bot.told (
    person_id   uuid NOT NULL REFERENCES bot.person ON DELETE CASCADE,
    what        text NOT NULL,
    day         date NOT NULL,
    question_id text NOT NULL,
    PRIMARY KEY (person_id, what, day)
);
CREATE INDEX told_day ON bot.told (day);

-- +goose Down
DROP TABLE bot.told;
ALTER TABLE bot.draft ADD COLUMN about text NOT NULL DEFAULT '';
UPDATE bot.draft SET about = kind || ':' || (ticket + bundle) WHERE kind IN ('card', 'notice', 'bundle');
UPDATE bot.draft SET about = 'answer:' || array_to_string(ARRAY(
    SELECT (SELECT string_agg('%' || upper(lpad(to_hex(get_byte(bytes, i)), 2, '0')), '' ORDER BY i) FROM generate_series(0, length(bytes) - 1) i)
    FROM unnest(collections) WITH ORDINALITY AS n (name, place), convert_to(name, 'UTF8') AS bytes ORDER BY place), ',')
WHERE kind = 'answer';
ALTER TABLE bot.draft DROP COLUMN kind, DROP COLUMN ticket, DROP COLUMN bundle, DROP COLUMN collections, DROP COLUMN passages, DROP COLUMN as_of,
    ALTER COLUMN about DROP DEFAULT;

ALTER TABLE bot.question ADD COLUMN subject text NOT NULL DEFAULT '';
UPDATE bot.question SET subject = on_post || on_handover || coalesce(nullif(on_ticket + on_document + on_bundle, 0)::text, '');
ALTER TABLE bot.question DROP COLUMN on_post, DROP COLUMN on_handover, DROP COLUMN on_ticket, DROP COLUMN on_document, DROP COLUMN on_bundle,
    ALTER COLUMN subject DROP DEFAULT;
