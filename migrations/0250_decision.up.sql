-- What whoever leads a project decides: the question, what it could be, what allowed it, and what was decided and why.
create table decision (
    id          uuid primary key default uuid_v7(),
    project_id  text not null references project (id) on delete cascade,
    question    text not null,
    -- ["All streets at once.", ...]
    options     jsonb not null default '[]',
    -- which line it falls under of what the lead decides, among all of that level, as they stood when it was opened:
    -- [{area, level, ceiling, with_whom}]
    area        text not null,
    line        jsonb not null,
    costs       numeric,
    replaces_id uuid references decision (id) on delete set null,
    state       text not null,
    opened_by   text not null references person (id) on update cascade,
    opened_at   timestamptz not null,
    asked_at    timestamptz,
    -- the last day on which advice is waited for, and who was told of it
    advice_on   date,
    told        text not null default '',
    says        text not null default '',
    -- which of the options, from 1; 0: none of them
    chosen      integer not null default 0,
    reason      text not null default '',
    decided_by  text references person (id) on update cascade,
    decided_at  timestamptz,
    came        text not null default '',
    came_by     text references person (id) on update cascade,
    came_at     timestamptz,
    ended_at    timestamptz,
    end_reason  text not null default '',
    -- all that it is searched by, with what was advised; triggers keep it
    words       tsvector not null default '',
    constraint decision_state_known check (state in ('draft', 'asking', 'decided', 'replaced', 'closed')),
    constraint decision_told_known check (told in ('', 'asked', 'lead')),
    constraint decision_asks_something check (btrim(question) <> '' and length(question) <= 300),
    constraint decision_says_length check (length(says) <= 140 and length(reason) <= 1200 and length(came) <= 600),
    constraint decision_asked check ((state = 'asking') <= (asked_at is not null and advice_on is not null)),
    constraint decision_decided check ((state in ('decided', 'replaced')) = (decided_at is not null)
        and (decided_at is null) = (decided_by is null) and (decided_at is null) = (says = '')),
    constraint decision_came check ((came_at is null) = (came = '') and (came_at is null) = (came_by is null))
);

create index decision_project on decision (project_id, opened_at desc);
create index decision_replaces on decision (replaces_id) where replaces_id is not null;
create index decision_opened_by on decision (opened_by);
create index decision_decided_by on decision (decided_by) where decided_by is not null;
create index decision_came_by on decision (came_by) where came_by is not null;
create index decision_due on decision (advice_on) where state = 'asking' and told <> 'lead';
create index decision_open on decision (project_id) where state in ('draft', 'asking');
create index decision_words on decision using gin (words);

-- What one person is asked of a decision, and what they say.
create table advice (
    id          uuid primary key default uuid_v7(),
    decision_id uuid not null references decision (id) on delete cascade,
    project_id  text not null references project (id) on delete cascade,
    person_id   text not null references person (id) on update cascade,
    why         text not null default '',
    -- it is not decided without their yes
    consent     boolean not null default false,
    state       text not null,
    asked_by    text not null references person (id) on update cascade,
    asked_at    timestamptz not null,
    answered_at timestamptz,
    says        text not null default '',
    agrees      boolean not null default false,
    constraint advice_state_known check (state in ('asked', 'given', 'passed', 'void')),
    constraint advice_length check (length(says) <= 1200 and length(why) <= 80),
    constraint advice_answered check ((state = 'asked') = (answered_at is null)),
    constraint advice_agrees check (agrees <= consent)
);

create unique index one_advice_per_person on advice (decision_id, person_id);
create index advice_project on advice (project_id);
create index advice_person on advice (person_id);
create index advice_asked_by on advice (asked_by);
create index advice_waits on advice (person_id) where state = 'asked';

create function decision_words() returns trigger
language plpgsql
as $$
begin
    new.words := free_words(
        new.question || ' ' || new.says || ' ' || new.reason || ' ' || new.came || ' ' || new.area || ' '
        || coalesce((select string_agg(option, ' ') from jsonb_array_elements_text(new.options) option), '') || ' '
        || coalesce((select string_agg(advice.says, ' ' order by advice.id) from advice where advice.decision_id = new.id), '')
    );
    return new;
end
$$;

create trigger decision_words before insert or update on decision for each row execute function decision_words();

create function advice_words() returns trigger
language plpgsql
as $$
begin
    update decision set words = '' where id = coalesce(new.decision_id, old.decision_id);
    return null;
end
$$;

create trigger advice_words after insert or delete or update of says, decision_id on advice for each row execute function advice_words();

-- The log of them all, the newest first.
create index decision_newest on decision ((coalesce(decided_at, asked_at)) desc, id desc) where coalesce(decided_at, asked_at) is not null;
