-- What somebody asks whoever leads a project. Question and answer stand in public.
create table question (
    id          uuid primary key default uuid_v7(),
    project_id  text not null references project (id) on delete cascade,
    asked_by    text not null references person (id) on update cascade,
    asked_at    timestamptz not null,
    says        text not null,
    answer      text not null default '',
    answered_by text references person (id) on update cascade,
    answered_at timestamptz,
    constraint question_says_something check (btrim(says) <> '' and length(says) <= 600),
    constraint question_answer_length check (length(answer) <= 1200),
    constraint question_answered check ((answered_by is null) = (answered_at is null) and (answered_at is null) = (answer = ''))
);

create index question_project on question (project_id, asked_at desc);
create index question_asked_by on question (asked_by);
create index question_answered_by on question (answered_by) where answered_by is not null;
create index question_open on question (project_id) where answered_at is null;
