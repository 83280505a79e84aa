-- +goose Up

-- Who stands behind a row: a random id for each user and month, so that rows of
-- different months cannot be told to be of the same person without this table,
-- and deleting its rows forgets the person.
CREATE TABLE bot.person (
    id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    chat_user_id text NOT NULL,
    month        date NOT NULL,
    UNIQUE (chat_user_id, month)
);

-- One row for each message or press of a button that is addressed to the bot.
-- It holds no text. Rows outlive the queue's jobs: origin and key decide for
-- ever that something was seen already.
CREATE TABLE bot.question (
    id          uuid PRIMARY KEY,
    origin      text NOT NULL,
    origin_key  text NOT NULL,
    person_id   uuid REFERENCES bot.person ON DELETE SET NULL,
    channel_id  text NOT NULL,
    root_id     text NOT NULL,
    action      text NOT NULL,
    subject     text NOT NULL,
    late        boolean NOT NULL,
    asked_at    timestamptz NOT NULL,
    state       text NOT NULL CHECK (state IN ('received', 'retrieving', 'ready', 'posting', 'posted', 'told', 'dropped')),
    attempt     integer NOT NULL DEFAULT 0,  -- counts leases; each change is fenced by it
    try         integer NOT NULL DEFAULT 0,
    revision    bigint NOT NULL DEFAULT 0,   -- edit time that the reply is about, Unix ms
    wanted      bigint NOT NULL DEFAULT 0,   -- newest edit time known
    gone        boolean NOT NULL DEFAULT false,
    lasting     boolean NOT NULL DEFAULT false,
    failed      boolean NOT NULL DEFAULT false,
    outcome     text NOT NULL DEFAULT '',
    reason      text NOT NULL DEFAULT '',
    since       timestamptz NOT NULL,
    lease_until timestamptz,                 -- null: nobody works on it
    due_at      timestamptz,                 -- when to look for a lost job; null: done
    contested   boolean NOT NULL DEFAULT false,
    finished_at timestamptz,
    sweep_at    timestamptz,                 -- when to look for posts that came late
    sweeps      integer NOT NULL DEFAULT 0,
    UNIQUE (origin, origin_key)
);
-- Partial: nearly all rows are done, and the reconciler looks every few seconds.
CREATE INDEX question_due ON bot.question (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX question_sweep ON bot.question (sweep_at) WHERE sweep_at IS NOT NULL;
CREATE INDEX question_person ON bot.question (person_id);
CREATE INDEX question_asked ON bot.question (asked_at);

-- The posts to make. The marker is saved before the post is made and stands in
-- the post too; obsolete ones are kept until no late post can turn up.
CREATE TABLE bot.draft (
    marker       text PRIMARY KEY,
    question_id  uuid NOT NULL REFERENCES bot.question ON DELETE CASCADE,
    position     integer NOT NULL,
    channel_id   text NOT NULL,
    to_person_id uuid REFERENCES bot.person ON DELETE SET NULL,
    root_id      text NOT NULL,
    text         text NOT NULL,
    machine      boolean NOT NULL,
    buttons      jsonb NOT NULL,
    about        text NOT NULL,
    post_id      text NOT NULL DEFAULT '',
    tried        boolean NOT NULL DEFAULT false,
    lost         boolean NOT NULL DEFAULT false,
    obsolete     boolean NOT NULL DEFAULT false,
    removed      boolean NOT NULL DEFAULT false,
    expires_at   timestamptz NOT NULL
);
CREATE INDEX draft_question ON bot.draft (question_id, position);
CREATE UNIQUE INDEX draft_post ON bot.draft (post_id) WHERE post_id <> '';
CREATE INDEX draft_person ON bot.draft (to_person_id);
CREATE INDEX draft_expiry ON bot.draft (expires_at) WHERE text <> '';

-- How far each channel was read; the empty id is the sweep over all channels.
CREATE TABLE bot.cursor (
    channel_id text PRIMARY KEY,
    post_id    text NOT NULL,
    create_at  bigint NOT NULL  -- the chat server's clock, Unix ms
);

-- What an asker was shown before anything went to people. by names the
-- question of the inbox that decided, so that a repeated step is recognised.
CREATE TABLE bot.handover (
    id          uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    question_id text NOT NULL UNIQUE,
    person_id   uuid REFERENCES bot.person ON DELETE SET NULL,
    channel_id  text NOT NULL,
    text        text NOT NULL,
    from_public boolean NOT NULL,
    format      text NOT NULL,
    session     timestamptz,
    state       text NOT NULL CHECK (state IN ('proposed', 'agreed', 'declined', 'lapsed')),
    decided_by  text NOT NULL DEFAULT '',
    created_at  timestamptz NOT NULL,
    shown_at    timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL
);
CREATE INDEX handover_person ON bot.handover (person_id);
CREATE INDEX handover_open ON bot.handover (shown_at) WHERE state = 'proposed';
CREATE INDEX handover_expiry ON bot.handover (expires_at) WHERE text <> '';

-- A question handed over to people. A place on an agenda is given once.
CREATE TABLE bot.ticket (
    number       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    handover_id  uuid NOT NULL UNIQUE REFERENCES bot.handover,
    question_id  text NOT NULL,
    person_id    uuid REFERENCES bot.person ON DELETE SET NULL,
    text         text NOT NULL,
    state        text NOT NULL CHECK (state IN ('open', 'claimed', 'answered', 'settled', 'merged', 'withdrawn')),
    attempt      integer NOT NULL DEFAULT 0,
    format       text NOT NULL,
    session      timestamptz,
    place        integer NOT NULL,
    merged_into  bigint REFERENCES bot.ticket,
    card_post_id text NOT NULL DEFAULT '',
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    UNIQUE NULLS NOT DISTINCT (format, session, place),
    CHECK ((state = 'merged') = (merged_into IS NOT NULL))
);
CREATE INDEX ticket_person ON bot.ticket (person_id);
CREATE INDEX ticket_expiry ON bot.ticket (expires_at) WHERE text <> '';

-- The history of a ticket: also moved and reopened, which are no states.
CREATE TABLE bot.ticket_event (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    number  bigint NOT NULL REFERENCES bot.ticket,
    event   text NOT NULL,
    by      text NOT NULL,
    at      timestamptz NOT NULL,
    UNIQUE (number, by, event)
);
CREATE INDEX ticket_event_by ON bot.ticket_event (by);

-- Which own posts show a ticket, so that replies to them find it.
CREATE TABLE bot.ticket_post (
    kind    text NOT NULL,
    post_id text NOT NULL,
    number  bigint NOT NULL REFERENCES bot.ticket,
    PRIMARY KEY (kind, post_id)
);
CREATE INDEX ticket_post_number ON bot.ticket_post (number);

-- What people answered; one row for each host's post.
CREATE TABLE bot.ticket_answer (
    question_id    text PRIMARY KEY,
    number         bigint NOT NULL REFERENCES bot.ticket,
    host_person_id uuid REFERENCES bot.person ON DELETE SET NULL,
    text           text NOT NULL,
    at             timestamptz NOT NULL,
    expires_at     timestamptz NOT NULL
);
CREATE INDEX ticket_answer_number ON bot.ticket_answer (number);
CREATE INDEX ticket_answer_person ON bot.ticket_answer (host_person_id);
CREATE INDEX ticket_answer_expiry ON bot.ticket_answer (expires_at) WHERE text <> '';

-- Whom the house was asked to forget, as a keyed hash: after a restore of an
-- older backup the same people are forgotten again.
CREATE TABLE bot.deletion (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    subject bytea NOT NULL,
    at      timestamptz NOT NULL,
    UNIQUE (subject, at)
);

-- +goose Down
DROP TABLE bot.deletion, bot.ticket_answer, bot.ticket_post, bot.ticket_event, bot.ticket, bot.handover,
    bot.cursor, bot.draft, bot.question, bot.person;
