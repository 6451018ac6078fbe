create table notice (
    id         uuid primary key default uuid_v7(),
    person_id  text not null references person (id) on delete cascade,
    kind       text not null,
    project_id text references project (id) on delete cascade,
    claim_id   uuid references claim (id) on delete cascade,
    -- the sentence as it is read
    says       text not null,
    -- where its one action lands
    link       text not null default '',
    made_at    timestamptz not null,
    seen_at    timestamptz,
    -- what it tells of: nobody is told the same twice
    about      text not null,
    constraint notice_once unique (person_id, kind, about)
);

create index notice_person on notice (person_id, made_at desc);
create index notice_unseen on notice (person_id) where seen_at is null;
