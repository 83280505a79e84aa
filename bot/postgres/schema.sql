CREATE SCHEMA bot;

CREATE TABLE bot.approved_answer (
    id bigint NOT NULL,
    number bigint NOT NULL,
    stage text NOT NULL,
    questions text[] NOT NULL,
    text text NOT NULL,
    owner text NOT NULL,
    document text NOT NULL,
    quote text NOT NULL,
    version text NOT NULL,
    valid_until date NOT NULL,
    supersedes text NOT NULL,
    author_person_id uuid,
    approver_person_id uuid,
    contact_person_id uuid,
    written_by text NOT NULL,
    decided_by text DEFAULT ''::text NOT NULL,
    since timestamp with time zone NOT NULL,
    review_since timestamp with time zone,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT approved_answer_stage_check CHECK ((stage = ANY (ARRAY['draft'::text, 'approved'::text, 'returned'::text, 'replaced'::text, 'withdrawn'::text])))
);

ALTER TABLE bot.approved_answer ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME bot.approved_answer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE bot.channel (
    channel_id text NOT NULL,
    mode text NOT NULL,
    reviewer uuid,
    CONSTRAINT channel_mode_check CHECK ((mode = ANY (ARRAY['off'::text, 'mentions'::text, 'threads'::text, 'private'::text, 'review'::text])))
);

CREATE TABLE bot.coffee (
    id bigint NOT NULL,
    channel_id text NOT NULL,
    root_id text DEFAULT ''::text NOT NULL,
    phase text NOT NULL,
    until timestamp with time zone,
    state jsonb NOT NULL,
    opened_by text NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT coffee_phase_check CHECK ((phase = ANY (ARRAY['collecting'::text, 'voting'::text, 'talking'::text, 'deciding'::text, 'over'::text])))
);

ALTER TABLE bot.coffee ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME bot.coffee_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE bot.cursor (
    channel_id text NOT NULL,
    post_id text NOT NULL,
    create_at bigint NOT NULL
);

CREATE TABLE bot.deletion (
    id bigint NOT NULL,
    subject bytea NOT NULL,
    at timestamp with time zone NOT NULL
);

ALTER TABLE bot.deletion ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME bot.deletion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE bot.draft (
    marker text NOT NULL,
    question_id uuid NOT NULL,
    "position" integer NOT NULL,
    channel_id text NOT NULL,
    to_person_id uuid,
    root_id text NOT NULL,
    text text NOT NULL,
    machine boolean NOT NULL,
    buttons jsonb NOT NULL,
    post_id text DEFAULT ''::text NOT NULL,
    tried boolean DEFAULT false NOT NULL,
    lost boolean DEFAULT false NOT NULL,
    obsolete boolean DEFAULT false NOT NULL,
    removed boolean DEFAULT false NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    kind text DEFAULT ''::text NOT NULL,
    ticket bigint DEFAULT 0 NOT NULL,
    bundle bigint DEFAULT 0 NOT NULL,
    collections text[] DEFAULT '{}'::text[] NOT NULL,
    passages bigint[] DEFAULT '{}'::bigint[] NOT NULL,
    as_of date,
    coffee bigint DEFAULT 0 NOT NULL,
    files bigint[] DEFAULT '{}'::bigint[] NOT NULL,
    moot jsonb DEFAULT '[]'::jsonb NOT NULL,
    early boolean DEFAULT false NOT NULL,
    CONSTRAINT draft_kind_check CHECK ((kind = ANY (ARRAY[''::text, 'answer'::text, 'card'::text, 'hosts'::text, 'notice'::text, 'bundle'::text, 'coffee'::text])))
);

CREATE TABLE bot.field (
    question_id uuid NOT NULL,
    name text NOT NULL,
    value text NOT NULL,
    expires_at timestamp with time zone NOT NULL
);

CREATE TABLE bot.file (
    id bigint NOT NULL,
    question_id uuid NOT NULL,
    name text NOT NULL,
    content bytea NOT NULL,
    expires_at timestamp with time zone NOT NULL
);

ALTER TABLE bot.file ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME bot.file_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE bot.gap_report (
    month date NOT NULL,
    gaps jsonb NOT NULL,
    expires_at timestamp with time zone NOT NULL
);

CREATE TABLE bot.handover (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    question_id text NOT NULL,
    person_id uuid,
    channel_id text NOT NULL,
    text text NOT NULL,
    from_public boolean NOT NULL,
    format text NOT NULL,
    session timestamp with time zone,
    state text NOT NULL,
    decided_by text DEFAULT ''::text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    shown_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    ticket bigint,
    original text DEFAULT ''::text NOT NULL,
    unmasked boolean DEFAULT false NOT NULL,
    name text DEFAULT ''::text NOT NULL,
    post_id text DEFAULT ''::text NOT NULL,
    joins bigint,
    instead text DEFAULT ''::text NOT NULL,
    told boolean DEFAULT true NOT NULL,
    practice boolean DEFAULT false NOT NULL,
    files text[] DEFAULT '{}'::text[] NOT NULL,
    answer text DEFAULT ''::text NOT NULL,
    CONSTRAINT handover_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'agreed'::text, 'declined'::text, 'lapsed'::text])))
);

CREATE TABLE bot.person (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    chat_user_id text NOT NULL,
    month date NOT NULL
);

CREATE TABLE bot.purse (
    day date NOT NULL,
    name bytea NOT NULL,
    tokens bigint NOT NULL,
    CONSTRAINT purse_tokens_check CHECK ((tokens >= 0))
);

CREATE TABLE bot.purse_day (
    day date NOT NULL,
    key bytea NOT NULL,
    CONSTRAINT purse_day_key_check CHECK ((length(key) = 32))
);

CREATE TABLE bot.question (
    id uuid NOT NULL,
    origin text NOT NULL,
    origin_key text NOT NULL,
    person_id uuid,
    channel_id text NOT NULL,
    root_id text NOT NULL,
    action text NOT NULL,
    late boolean NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    state text NOT NULL,
    attempt integer DEFAULT 0 NOT NULL,
    try integer DEFAULT 0 NOT NULL,
    revision bigint DEFAULT 0 NOT NULL,
    wanted bigint DEFAULT 0 NOT NULL,
    gone boolean DEFAULT false NOT NULL,
    lasting boolean DEFAULT false NOT NULL,
    failed boolean DEFAULT false NOT NULL,
    outcome text DEFAULT ''::text NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    since timestamp with time zone NOT NULL,
    lease_until timestamp with time zone,
    due_at timestamp with time zone,
    contested boolean DEFAULT false NOT NULL,
    finished_at timestamp with time zone,
    sweep_at timestamp with time zone,
    sweeps integer DEFAULT 0 NOT NULL,
    on_post text DEFAULT ''::text NOT NULL,
    on_handover text DEFAULT ''::text NOT NULL,
    on_ticket bigint DEFAULT 0 NOT NULL,
    on_document bigint DEFAULT 0 NOT NULL,
    on_bundle bigint DEFAULT 0 NOT NULL,
    marker text DEFAULT ''::text NOT NULL,
    post_id text DEFAULT ''::text NOT NULL,
    overheard boolean DEFAULT false NOT NULL,
    on_coffee bigint DEFAULT 0 NOT NULL,
    on_topic integer DEFAULT 0 NOT NULL,
    on_version bigint DEFAULT 0 NOT NULL,
    CONSTRAINT question_state_check CHECK ((state = ANY (ARRAY['received'::text, 'retrieving'::text, 'ready'::text, 'posting'::text, 'posted'::text, 'told'::text, 'dropped'::text])))
);

CREATE TABLE bot.reminder (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    person_id uuid NOT NULL,
    format text NOT NULL,
    session timestamp with time zone NOT NULL,
    since timestamp with time zone NOT NULL
);

CREATE TABLE bot.ticket (
    number bigint NOT NULL,
    handover_id uuid NOT NULL,
    question_id text NOT NULL,
    person_id uuid,
    text text NOT NULL,
    state text NOT NULL,
    attempt integer DEFAULT 0 NOT NULL,
    format text NOT NULL,
    session timestamp with time zone,
    place integer NOT NULL,
    merged_into bigint,
    card_post_id text DEFAULT ''::text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    host_person_id uuid,
    pinned boolean DEFAULT false NOT NULL,
    practice boolean DEFAULT false NOT NULL,
    CONSTRAINT ticket_check CHECK (((state = 'merged'::text) = (merged_into IS NOT NULL))),
    CONSTRAINT ticket_state_check CHECK ((state = ANY (ARRAY['open'::text, 'claimed'::text, 'answered'::text, 'settled'::text, 'merged'::text, 'withdrawn'::text])))
);

CREATE TABLE bot.ticket_answer (
    question_id text NOT NULL,
    number bigint NOT NULL,
    host_person_id uuid,
    text text NOT NULL,
    at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    post_id text DEFAULT ''::text NOT NULL,
    ask_back boolean DEFAULT false NOT NULL,
    retracted boolean DEFAULT false NOT NULL
);

CREATE TABLE bot.ticket_asker (
    id bigint NOT NULL,
    handover_id uuid NOT NULL,
    number bigint NOT NULL,
    person_id uuid,
    text text NOT NULL,
    state text DEFAULT 'asking'::text NOT NULL,
    joined_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    name text DEFAULT ''::text NOT NULL,
    remind boolean DEFAULT false NOT NULL,
    merged_from bigint DEFAULT 0 NOT NULL,
    CONSTRAINT ticket_asker_state_check CHECK ((state = ANY (ARRAY['asking'::text, 'settled'::text, 'withdrawn'::text])))
);

ALTER TABLE bot.ticket_asker ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME bot.ticket_asker_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE bot.ticket_event (
    id bigint NOT NULL,
    number bigint NOT NULL,
    event text NOT NULL,
    by text NOT NULL,
    at timestamp with time zone NOT NULL,
    left_format text DEFAULT ''::text NOT NULL,
    left_session timestamp with time zone
);

ALTER TABLE bot.ticket_event ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME bot.ticket_event_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE bot.ticket ALTER COLUMN number ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME bot.ticket_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE bot.ticket_post (
    kind text NOT NULL,
    post_id text NOT NULL,
    number bigint NOT NULL
);

CREATE TABLE bot.told (
    person_id uuid NOT NULL,
    what text NOT NULL,
    day date NOT NULL,
    question_id text NOT NULL
);

CREATE TABLE bot.vote (
    question_id uuid NOT NULL,
    person_id uuid NOT NULL,
    helpful boolean NOT NULL,
    reason text NOT NULL,
    reaction boolean NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT vote_reason_check CHECK ((reason = ANY (ARRAY[''::text, 'wrong'::text, 'outdated'::text, 'source'::text, 'brief'::text, 'other'::text])))
);

ALTER TABLE ONLY bot.approved_answer
    ADD CONSTRAINT approved_answer_pkey PRIMARY KEY (id);

ALTER TABLE ONLY bot.approved_answer
    ADD CONSTRAINT approved_answer_written_by_key UNIQUE (written_by);

ALTER TABLE ONLY bot.channel
    ADD CONSTRAINT channel_pkey PRIMARY KEY (channel_id);

ALTER TABLE ONLY bot.coffee
    ADD CONSTRAINT coffee_opened_by_key UNIQUE (opened_by);

ALTER TABLE ONLY bot.coffee
    ADD CONSTRAINT coffee_pkey PRIMARY KEY (id);

ALTER TABLE ONLY bot.cursor
    ADD CONSTRAINT cursor_pkey PRIMARY KEY (channel_id);

ALTER TABLE ONLY bot.deletion
    ADD CONSTRAINT deletion_pkey PRIMARY KEY (id);

ALTER TABLE ONLY bot.deletion
    ADD CONSTRAINT deletion_subject_at_key UNIQUE (subject, at);

ALTER TABLE ONLY bot.draft
    ADD CONSTRAINT draft_pkey PRIMARY KEY (marker);

ALTER TABLE ONLY bot.field
    ADD CONSTRAINT field_pkey PRIMARY KEY (question_id, name);

ALTER TABLE ONLY bot.file
    ADD CONSTRAINT file_pkey PRIMARY KEY (id);

ALTER TABLE ONLY bot.gap_report
    ADD CONSTRAINT gap_report_pkey PRIMARY KEY (month);

ALTER TABLE ONLY bot.handover
    ADD CONSTRAINT handover_pkey PRIMARY KEY (id);

ALTER TABLE ONLY bot.handover
    ADD CONSTRAINT handover_question_id_key UNIQUE (question_id);

ALTER TABLE ONLY bot.person
    ADD CONSTRAINT person_chat_user_id_month_key UNIQUE (chat_user_id, month);

ALTER TABLE ONLY bot.person
    ADD CONSTRAINT person_pkey PRIMARY KEY (id);

ALTER TABLE ONLY bot.purse_day
    ADD CONSTRAINT purse_day_pkey PRIMARY KEY (day);

ALTER TABLE ONLY bot.purse
    ADD CONSTRAINT purse_pkey PRIMARY KEY (day, name);

ALTER TABLE ONLY bot.question
    ADD CONSTRAINT question_origin_origin_key_key UNIQUE (origin, origin_key);

ALTER TABLE ONLY bot.question
    ADD CONSTRAINT question_pkey PRIMARY KEY (id);

ALTER TABLE ONLY bot.reminder
    ADD CONSTRAINT reminder_pkey PRIMARY KEY (id);

ALTER TABLE ONLY bot.ticket_answer
    ADD CONSTRAINT ticket_answer_pkey PRIMARY KEY (question_id);

ALTER TABLE ONLY bot.ticket_asker
    ADD CONSTRAINT ticket_asker_handover_id_key UNIQUE (handover_id);

ALTER TABLE ONLY bot.ticket_asker
    ADD CONSTRAINT ticket_asker_pkey PRIMARY KEY (id);

ALTER TABLE ONLY bot.ticket_event
    ADD CONSTRAINT ticket_event_number_by_event_key UNIQUE (number, by, event);

ALTER TABLE ONLY bot.ticket_event
    ADD CONSTRAINT ticket_event_pkey PRIMARY KEY (id);

ALTER TABLE ONLY bot.ticket
    ADD CONSTRAINT ticket_format_session_place_key UNIQUE NULLS NOT DISTINCT (format, session, place);

ALTER TABLE ONLY bot.ticket
    ADD CONSTRAINT ticket_handover_id_key UNIQUE (handover_id);

ALTER TABLE ONLY bot.ticket
    ADD CONSTRAINT ticket_pkey PRIMARY KEY (number);

ALTER TABLE ONLY bot.ticket_post
    ADD CONSTRAINT ticket_post_pkey PRIMARY KEY (kind, post_id);

ALTER TABLE ONLY bot.told
    ADD CONSTRAINT told_pkey PRIMARY KEY (person_id, what, day);

ALTER TABLE ONLY bot.vote
    ADD CONSTRAINT vote_pkey PRIMARY KEY (question_id, person_id);

CREATE INDEX approved_answer_approver ON bot.approved_answer USING btree (approver_person_id);

CREATE INDEX approved_answer_author ON bot.approved_answer USING btree (author_person_id);

CREATE INDEX approved_answer_contact ON bot.approved_answer USING btree (contact_person_id);

CREATE UNIQUE INDEX approved_answer_current ON bot.approved_answer USING btree (number, stage) WHERE (stage = ANY (ARRAY['draft'::text, 'approved'::text]));

CREATE INDEX approved_answer_expiry ON bot.approved_answer USING btree (expires_at) WHERE (text <> ''::text);

CREATE INDEX channel_reviewer ON bot.channel USING btree (reviewer);

CREATE INDEX coffee_root ON bot.coffee USING btree (root_id) WHERE (root_id <> ''::text);

CREATE UNIQUE INDEX coffee_running ON bot.coffee USING btree (channel_id) WHERE (phase <> 'over'::text);

CREATE INDEX draft_buttons ON bot.draft USING gin (buttons jsonb_path_ops) WHERE (buttons <> '[]'::jsonb);

CREATE INDEX draft_expiry ON bot.draft USING btree (expires_at) WHERE (text <> ''::text);

CREATE INDEX draft_person ON bot.draft USING btree (to_person_id);

CREATE UNIQUE INDEX draft_post ON bot.draft USING btree (post_id) WHERE (post_id <> ''::text);

CREATE INDEX draft_question ON bot.draft USING btree (question_id, "position");

CREATE INDEX field_expiry ON bot.field USING btree (expires_at);

CREATE INDEX file_expiry ON bot.file USING btree (expires_at);

CREATE INDEX file_question ON bot.file USING btree (question_id);

CREATE INDEX handover_expiry ON bot.handover USING btree (expires_at) WHERE (text <> ''::text);

CREATE INDEX handover_joins ON bot.handover USING btree (joins) WHERE (joins IS NOT NULL);

CREATE INDEX handover_open ON bot.handover USING btree (shown_at) WHERE (state = 'proposed'::text);

CREATE INDEX handover_person ON bot.handover USING btree (person_id);

CREATE INDEX handover_post ON bot.handover USING btree (post_id) WHERE (post_id <> ''::text);

CREATE INDEX handover_ticket ON bot.handover USING btree (ticket) WHERE (ticket IS NOT NULL);

CREATE INDEX handover_untold ON bot.handover USING btree (shown_at) WHERE (NOT told);

CREATE INDEX question_asked ON bot.question USING btree (asked_at);

CREATE INDEX question_due ON bot.question USING btree (due_at) WHERE (due_at IS NOT NULL);

CREATE INDEX question_person ON bot.question USING btree (person_id);

CREATE INDEX question_press ON bot.question USING btree (marker) WHERE (marker <> ''::text);

CREATE INDEX question_sweep ON bot.question USING btree (sweep_at) WHERE (sweep_at IS NOT NULL);

CREATE INDEX reminder_person ON bot.reminder USING btree (person_id);

CREATE INDEX reminder_session ON bot.reminder USING btree (session, format);

CREATE INDEX ticket_agenda ON bot.ticket USING btree (format, session, place) WHERE (state = ANY (ARRAY['open'::text, 'claimed'::text]));

CREATE INDEX ticket_answer_expiry ON bot.ticket_answer USING btree (expires_at) WHERE (text <> ''::text);

CREATE INDEX ticket_answer_number ON bot.ticket_answer USING btree (number);

CREATE INDEX ticket_answer_person ON bot.ticket_answer USING btree (host_person_id);

CREATE UNIQUE INDEX ticket_answer_post ON bot.ticket_answer USING btree (post_id) WHERE (post_id <> ''::text);

CREATE INDEX ticket_asker_expiry ON bot.ticket_asker USING btree (expires_at) WHERE (text <> ''::text);

CREATE INDEX ticket_asker_number ON bot.ticket_asker USING btree (number);

CREATE INDEX ticket_asker_person ON bot.ticket_asker USING btree (person_id);

CREATE INDEX ticket_event_by ON bot.ticket_event USING btree (by);

CREATE INDEX ticket_expiry ON bot.ticket USING btree (expires_at) WHERE (text <> ''::text);

CREATE INDEX ticket_host ON bot.ticket USING btree (host_person_id);

CREATE INDEX ticket_merged ON bot.ticket USING btree (merged_into) WHERE (merged_into IS NOT NULL);

CREATE INDEX ticket_person ON bot.ticket USING btree (person_id);

CREATE INDEX ticket_post_number ON bot.ticket_post USING btree (number);

CREATE INDEX told_day ON bot.told USING btree (day);

CREATE INDEX vote_person ON bot.vote USING btree (person_id);

ALTER TABLE ONLY bot.approved_answer
    ADD CONSTRAINT approved_answer_approver_person_id_fkey FOREIGN KEY (approver_person_id) REFERENCES bot.person(id) ON DELETE SET NULL;

ALTER TABLE ONLY bot.approved_answer
    ADD CONSTRAINT approved_answer_author_person_id_fkey FOREIGN KEY (author_person_id) REFERENCES bot.person(id) ON DELETE SET NULL;

ALTER TABLE ONLY bot.approved_answer
    ADD CONSTRAINT approved_answer_contact_person_id_fkey FOREIGN KEY (contact_person_id) REFERENCES bot.person(id) ON DELETE SET NULL;

ALTER TABLE ONLY bot.approved_answer
    ADD CONSTRAINT approved_answer_number_fkey FOREIGN KEY (number) REFERENCES bot.ticket(number);

ALTER TABLE ONLY bot.channel
    ADD CONSTRAINT channel_reviewer_fkey FOREIGN KEY (reviewer) REFERENCES bot.person(id) ON DELETE SET NULL;

ALTER TABLE ONLY bot.draft
    ADD CONSTRAINT draft_question_id_fkey FOREIGN KEY (question_id) REFERENCES bot.question(id) ON DELETE CASCADE;

ALTER TABLE ONLY bot.draft
    ADD CONSTRAINT draft_to_person_id_fkey FOREIGN KEY (to_person_id) REFERENCES bot.person(id) ON DELETE SET NULL;

ALTER TABLE ONLY bot.field
    ADD CONSTRAINT field_question_id_fkey FOREIGN KEY (question_id) REFERENCES bot.question(id) ON DELETE CASCADE;

ALTER TABLE ONLY bot.file
    ADD CONSTRAINT file_question_id_fkey FOREIGN KEY (question_id) REFERENCES bot.question(id) ON DELETE CASCADE;

ALTER TABLE ONLY bot.handover
    ADD CONSTRAINT handover_joins_fkey FOREIGN KEY (joins) REFERENCES bot.ticket(number);

ALTER TABLE ONLY bot.handover
    ADD CONSTRAINT handover_person_id_fkey FOREIGN KEY (person_id) REFERENCES bot.person(id) ON DELETE SET NULL;

ALTER TABLE ONLY bot.handover
    ADD CONSTRAINT handover_ticket_fkey FOREIGN KEY (ticket) REFERENCES bot.ticket(number);

ALTER TABLE ONLY bot.purse
    ADD CONSTRAINT purse_day_fkey FOREIGN KEY (day) REFERENCES bot.purse_day(day) ON DELETE CASCADE;

ALTER TABLE ONLY bot.question
    ADD CONSTRAINT question_person_id_fkey FOREIGN KEY (person_id) REFERENCES bot.person(id) ON DELETE SET NULL;

ALTER TABLE ONLY bot.reminder
    ADD CONSTRAINT reminder_person_id_fkey FOREIGN KEY (person_id) REFERENCES bot.person(id) ON DELETE CASCADE;

ALTER TABLE ONLY bot.ticket_answer
    ADD CONSTRAINT ticket_answer_host_person_id_fkey FOREIGN KEY (host_person_id) REFERENCES bot.person(id) ON DELETE SET NULL;

ALTER TABLE ONLY bot.ticket_answer
    ADD CONSTRAINT ticket_answer_number_fkey FOREIGN KEY (number) REFERENCES bot.ticket(number);

ALTER TABLE ONLY bot.ticket_asker
    ADD CONSTRAINT ticket_asker_handover_id_fkey FOREIGN KEY (handover_id) REFERENCES bot.handover(id);

ALTER TABLE ONLY bot.ticket_asker
    ADD CONSTRAINT ticket_asker_number_fkey FOREIGN KEY (number) REFERENCES bot.ticket(number);

ALTER TABLE ONLY bot.ticket_asker
    ADD CONSTRAINT ticket_asker_person_id_fkey FOREIGN KEY (person_id) REFERENCES bot.person(id) ON DELETE CASCADE;

ALTER TABLE ONLY bot.ticket_event
    ADD CONSTRAINT ticket_event_number_fkey FOREIGN KEY (number) REFERENCES bot.ticket(number);

ALTER TABLE ONLY bot.ticket
    ADD CONSTRAINT ticket_handover_id_fkey FOREIGN KEY (handover_id) REFERENCES bot.handover(id);

ALTER TABLE ONLY bot.ticket
    ADD CONSTRAINT ticket_host_person_id_fkey FOREIGN KEY (host_person_id) REFERENCES bot.person(id) ON DELETE SET NULL;

ALTER TABLE ONLY bot.ticket
    ADD CONSTRAINT ticket_merged_into_fkey FOREIGN KEY (merged_into) REFERENCES bot.ticket(number);

ALTER TABLE ONLY bot.ticket
    ADD CONSTRAINT ticket_person_id_fkey FOREIGN KEY (person_id) REFERENCES bot.person(id) ON DELETE SET NULL;

ALTER TABLE ONLY bot.ticket_post
    ADD CONSTRAINT ticket_post_number_fkey FOREIGN KEY (number) REFERENCES bot.ticket(number);

ALTER TABLE ONLY bot.told
    ADD CONSTRAINT told_person_id_fkey FOREIGN KEY (person_id) REFERENCES bot.person(id) ON DELETE CASCADE;

ALTER TABLE ONLY bot.vote
    ADD CONSTRAINT vote_person_id_fkey FOREIGN KEY (person_id) REFERENCES bot.person(id) ON DELETE CASCADE;

ALTER TABLE ONLY bot.vote
    ADD CONSTRAINT vote_question_id_fkey FOREIGN KEY (question_id) REFERENCES bot.question(id) ON DELETE CASCADE;
