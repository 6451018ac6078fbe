-- What somebody typed and sent after their session had ended: kept for them alone, for an hour, until they have
-- signed in again.
create table kept_form (
    id         uuid primary key default uuid_v7(),
    person_id  text not null references person (id) on update cascade on delete cascade,
    action     text not null,
    fields     jsonb not null,
    kept_at    timestamptz not null,
    expires_at timestamptz not null,
    constraint kept_form_ends check (expires_at > kept_at)
);

create index kept_form_person on kept_form (person_id, kept_at);
create index kept_form_expires on kept_form (expires_at);
