-- Who must wait before the next try to sign in, by a keyed hash of the account that was named, whether
-- or not there is one, or of the network that it came from. sign_in_failure goes one release later.
create table sign_in_wait (
    key_hash bytea primary key,
    tries    double precision not null,
    tried_at timestamptz not null
);

create index sign_in_wait_tried on sign_in_wait (tried_at);

-- Sign-ins that were refused, an hour, account and network a row.
create table sign_in_refused (
    hour         timestamptz not null,
    account_hash bytea not null, -- keyed: the table holds no addresses
    network      text not null,  -- 203.0.113.0/24; empty where it is not known
    person_id    text references person (id) on delete cascade, -- null: no such account
    heard        integer not null default 0, -- the password was wrong
    unheard      integer not null default 0, -- it was not looked at: too soon after the try before
    audited_at   timestamptz,
    primary key (hour, account_hash, network),
    constraint sign_in_refused_counted check (heard >= 0 and unheard >= 0)
);

create index sign_in_refused_person on sign_in_refused (person_id) where person_id is not null;
create index sign_in_refused_to_audit on sign_in_refused (hour) where audited_at is null and person_id is not null;
