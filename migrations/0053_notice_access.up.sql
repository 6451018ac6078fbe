-- Who may come in, and as what, changed: whom it is about, and which role it is.
alter table notice
    add column subject_id text references person (id) on delete cascade,
    add column hat text,
    add column circle_id text references circle (id) on delete set null;
