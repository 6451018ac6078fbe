-- The note of a lead that is handed on: what whoever leads next has to know, said back in their words, and signed.
create table handover (
    id         uuid primary key default uuid_v7(),
    project_id text not null references project (id) on delete cascade,
    -- the lead that is handed on
    term_id    uuid not null references term (id) on delete cascade,
    -- the accepted one that it goes to; null: nobody is to say it back yet
    next_id    uuid references term (id) on delete set null,
    state      text not null,
    now        text not null default '',
    summary    text not null default '',
    -- [{what, who, by}] and [{if, then}]
    actions    jsonb not null default '[]',
    ifs        jsonb not null default '[]',
    writer_id  text references person (id) on update cascade,
    written_at timestamptz,
    -- until when the next step is waited for
    due        timestamptz,
    -- the first time to say it back, or to sign, ran out
    again      boolean not null default false,
    said_by    text references person (id) on update cascade,
    said_at    timestamptz,
    -- {now, summary, actions, ifs}
    said       jsonb not null default '{}',
    signed_by  text references person (id) on update cascade,
    signed_at  timestamptz,
    ended_at   timestamptz,
    constraint handover_state_known check (state in ('draft', 'written', 'said_back', 'signed', 'not_signed', 'void')),
    constraint handover_now_known check (now in ('', 'stable', 'watch', 'unstable')),
    constraint handover_written check (state in ('draft', 'void') or writer_id is not null and written_at is not null),
    constraint handover_said check ((state in ('said_back', 'signed', 'not_signed')) <= (said_by is not null and said_at is not null)),
    constraint handover_signed check (state <> 'signed' or signed_by is not null and signed_at is not null),
    constraint handover_waited_for check (due is null or next_id is not null)
);

-- A lead that is handed on has one note.
create unique index one_handover_per_term on handover (term_id) where state <> 'void';
create index handover_project on handover (project_id);
create index handover_next on handover (next_id);
create index handover_due on handover (due) where due is not null;
