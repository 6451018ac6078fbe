-- How a lead's time in office went: who was there and whoever answers for the priority are asked three questions.
create table outcome (
    id         uuid primary key default uuid_v7(),
    project_id text not null references project (id) on delete cascade,
    term_id    uuid not null references term (id) on delete cascade,
    state      text not null,
    opened_at  timestamptz not null,
    -- closes then with what there is
    due        timestamptz not null,
    reminded   boolean not null default false,
    closed_at  timestamptz,
    -- null: nobody answered
    result     text,
    -- whose word that is
    basis      text,
    thanked_at timestamptz,
    constraint outcome_state_known check (state in ('asking', 'closed', 'void')),
    constraint outcome_closed check ((state = 'closed') = (closed_at is not null)),
    constraint outcome_result_known check (result in ('reached', 'partly', 'not', 'given_up')),
    constraint outcome_basis_known check (basis in ('owner', 'majority', 'split', 'lead')),
    constraint outcome_basis_of_result check ((result is null) = (basis is null))
);

create unique index one_outcome_asking_per_term on outcome (term_id) where state = 'asking';
create index outcome_project on outcome (project_id);
create index outcome_term on outcome (term_id);
create index outcome_due on outcome (due) where state = 'asking';

-- What the lead was asked for when that opened.
create table outcome_skill (
    outcome_id uuid not null references outcome (id) on delete cascade,
    skill_id   text not null references skill (id),
    level      smallint not null,
    place      integer not null default 0,
    primary key (outcome_id, skill_id),
    constraint outcome_skill_level_range check (level between 1 and 5)
);

create index outcome_skill_skill on outcome_skill (skill_id);

-- Who is asked, and what they answered.
create table outcome_answer (
    outcome_id  uuid not null references outcome (id) on delete cascade,
    person_id   text not null references person (id) on update cascade,
    part        text not null,
    owner       boolean not null default false,
    answered_at timestamptz,
    passed      boolean not null default false,
    result      text,
    led         text not null default '',
    again       text not null default '',
    named       boolean not null default false,
    wanted      boolean not null default false,
    -- two random keys, so that neither leads to the other, or to a person
    led_key     text not null default '',
    again_key   text not null default '',
    led_shown   boolean not null default false,
    library_at  timestamptz,
    library_by  text references person (id) on update cascade,
    search      tsvector generated always as (to_tsvector('english', again)) stored,
    primary key (outcome_id, person_id),
    constraint outcome_answer_part_known check (part in ('lead', 'co', 'shadow', 'member', 'owner')),
    constraint outcome_answer_result_known check (result in ('reached', 'partly', 'not', 'given_up')),
    constraint outcome_answer_answered check ((answered_at is null) = (result is null)),
    constraint outcome_answer_length check (length(led) <= 600 and length(again) <= 600)
);

create index outcome_answer_person on outcome_answer (person_id);
create index outcome_answer_library_by on outcome_answer (library_by) where library_by is not null;
create index outcome_answer_library on outcome_answer (library_at desc) where library_at is not null;
create index outcome_answer_search on outcome_answer using gin (search) where library_at is not null;

-- Who showed what, as another says who was there.
create table outcome_naming (
    outcome_id uuid not null references outcome (id) on delete cascade,
    named_by   text not null references person (id) on update cascade,
    person_id  text not null references person (id) on update cascade,
    skill_id   text not null references skill (id),
    primary key (outcome_id, named_by, person_id, skill_id),
    constraint outcome_naming_of_another check (named_by <> person_id)
);

create index outcome_naming_named_by on outcome_naming (named_by);
create index outcome_naming_person on outcome_naming (person_id);
create index outcome_naming_skill on outcome_naming (skill_id);
