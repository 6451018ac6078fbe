-- Where a project's work and talk happen, and the few dated steps of its plan.
create table project_link (
    id         uuid primary key default uuid_v7(),
    project_id text not null references project (id) on delete cascade,
    label      text not null,
    url        text not null,
    added_at   timestamptz not null,
    constraint project_link_labelled check (btrim(label) <> '' and length(label) <= 60),
    -- nothing that a browser would run
    constraint project_link_web check (url ~ '^https?://[^/]' and length(url) <= 500)
);

create index project_link_project on project_link (project_id, added_at);

create table step (
    id         uuid primary key default uuid_v7(),
    project_id text not null references project (id) on delete cascade,
    says       text not null,
    due_on     date not null,
    added_at   timestamptz not null,
    done_by    text references person (id) on update cascade,
    done_at    timestamptz,
    constraint step_says_something check (btrim(says) <> '' and length(says) <= 120),
    constraint step_done_by_somebody check ((done_by is null) = (done_at is null))
);

create index step_project on step (project_id, due_on);
create index step_done_by on step (done_by) where done_by is not null;
