-- How often a note was mended so late that whoever says it back had the whole time anew.
alter table handover add column renewed smallint not null default 0;
