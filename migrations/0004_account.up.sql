create table account (
    person_id     text primary key references person (id) on delete cascade,
    email         text not null,
    password_hash text,
    -- raised when sessions are revoked: older sessions no longer open the door
    epoch         integer not null default 1,
    made_at       timestamptz not null,
    signed_in_at  timestamptz,
    constraint account_email_given check (btrim(email) <> '')
);

create unique index account_email_once on account (lower(email));

-- Everybody is staff; these are the hats beyond it. A steward's hat belongs to a circle.
create table hat (
    person_id text not null references person (id) on delete cascade,
    kind      text not null,
    circle_id text references circle (id) on delete cascade,
    given_by  text references person (id),
    given_at  timestamptz not null,
    constraint hat_kind_known check (kind in ('steward', 'executive', 'administrator')),
    constraint hat_steward_has_circle check ((kind = 'steward') = (circle_id is not null)),
    constraint hat_once unique nulls not distinct (person_id, kind, circle_id)
);

create index hat_circle on hat (circle_id) where circle_id is not null;

-- One-time links: for an imported or new person, or (without a person) for the first administrator.
create table invitation (
    token_hash bytea primary key,
    person_id  text references person (id) on delete cascade,
    made_by    text references person (id),
    made_at    timestamptz not null,
    expires_at timestamptz not null,
    used_at    timestamptz
);

create index invitation_person on invitation (person_id);

-- Server-side sessions, in the form that the session library keeps them.
create table sessions (
    token  text primary key,
    data   bytea not null,
    expiry timestamptz not null
);

create index sessions_expiry on sessions (expiry);

-- Failed sign-ins, by a hash of what was typed: counted whether or not such an account exists.
create table sign_in_failure (
    key_hash bytea not null,
    at       timestamptz not null
);

create index sign_in_failure_key on sign_in_failure (key_hash, at);
