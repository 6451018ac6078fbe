-- Whether the servers send mail, and how that goes. A server says so when it starts: moves made by any program know by it
-- whether what they tell is to be sent.
create table mail_state (
    single        boolean primary key default true,
    sending       boolean not null default false,
    -- since when no mail has gone out that should have, and what the mail server said last
    failing_since timestamptz,
    failing_says  text,
    last_sent_at  timestamptz,
    constraint mail_state_is_one check (single),
    constraint mail_state_fails_with_words check ((failing_since is null) = (failing_says is null))
);

insert into mail_state default values;

-- A mail to one person: of a notice by which somebody waits for them, or of a week. A job of the queue is made with it.
create table mail (
    id         uuid primary key default uuid_v7(),
    person_id  text not null references person (id) on update cascade on delete cascade,
    notice_id  uuid references notice (id) on delete cascade,
    -- the Monday of a digest
    week       date,
    made_at    timestamptz not null,
    sent_at    timestamptz,
    -- not to be sent any more, and why
    dropped_at timestamptz,
    dropped    text,
    -- how often it was tried in vain
    tries      integer not null default 0,
    constraint mail_is_of_one_thing check (num_nonnulls(notice_id, week) = 1),
    constraint mail_notice_once unique (notice_id),
    constraint mail_week_once unique (person_id, week),
    constraint mail_week_is_a_monday check (extract(isodow from week) = 1),
    constraint mail_ends_once check (num_nonnulls(sent_at, dropped_at) <= 1),
    constraint mail_dropped_why check ((dropped_at is null) = (dropped is null)),
    constraint mail_dropped_known check (dropped in ('settled', 'closed', 'off', 'refused', 'late', 'nothing'))
);

create index mail_waiting on mail (made_at) where sent_at is null and dropped_at is null;

-- What somebody wants of it, and that a mail server refused their address.
alter table account
    add column mail_at_once boolean not null default true,
    add column mail_weekly boolean not null default true,
    add column mail_refused text,
    add column mail_refused_at timestamptz,
    add column mail_refused_says text,
    add constraint account_mail_refused_whole check (num_nonnulls(mail_refused, mail_refused_at, mail_refused_says) in (0, 3));
