-- What somebody shows beside their password: a passkey, of which the public half is kept here.
create table passkey (
    id          uuid primary key default uuid_v7(),
    person_id   text not null references person (id) on update cascade on delete cascade,
    -- what names it, and the key that checks what it signs, as WebAuthn has them
    credential  bytea not null,
    public_key  bytea not null,
    -- what its keeper calls whose it is: random, and the same for all passkeys of one person
    handle      bytea not null,
    -- how often it signed, where it counts
    sign_count  bigint not null default 0,
    transports  text[] not null default '{}',
    may_back_up boolean not null,
    backed_up   boolean not null,
    -- where it was made: it works nowhere else
    host        text not null,
    name        text not null,
    made_at     timestamptz not null,
    used_at     timestamptz,
    -- when its count went back, so that there may be two of it: it opens nothing since
    copied_at   timestamptz,
    constraint passkey_credential_once unique (credential),
    constraint passkey_named check (btrim(name) <> '')
);

create index passkey_person on passkey (person_id);

-- What does for a passkey that is lost. Each works once; only hashes are kept.
create table recovery_code (
    code_hash bytea primary key,
    person_id text not null references person (id) on update cascade on delete cascade,
    made_at   timestamptz not null,
    used_at   timestamptz
);

create index recovery_code_person on recovery_code (person_id);

-- A second step under way: somebody showed their password and not yet a passkey, or wants to add one, or to show that
-- it is still them. The browser keeps the token.
create table second_step (
    token_hash bytea primary key,
    person_id  text not null references person (id) on update cascade on delete cascade,
    -- of their account: a new password, or signing out everywhere, ends what is under way
    epoch      integer not null,
    purpose    text not null,
    -- how they came so far, and where they want to go
    way        text not null default '',
    next       text not null default '',
    -- what is to be signed; each is asked once
    challenge  bytea,
    expires_at timestamptz not null,
    constraint second_step_purpose_known check (purpose in ('enter', 'again', 'add'))
);

create index second_step_person on second_step (person_id);

-- Whether administrators and executives must have a second step.
alter table sign_in_rule add column second_step boolean not null default false;

alter table mail
    drop constraint mail_door_known,
    add constraint mail_door_known check (door in ('invite', 'password', 'confirm', 'set', 'moved', 'key_added', 'key_removed', 'code_used', 'codes_made', 'key_copied', 'second_off'));
