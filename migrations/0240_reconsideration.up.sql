-- What a led project is like may be said anew: who said it last, and what had happened then.
alter table phase add column said_by text references person (id) on update cascade;
alter table phase add column why text not null default '';
create index phase_said_by on phase (said_by) where said_by is not null;

-- What it was like when whoever leads was chosen for it, and how that is known.
alter table term add column chosen_for jsonb not null default '{}';
alter table term add column chosen_how text not null default '';
alter table term add constraint term_chosen_how_known check (chosen_how in ('', 'began', 'before', 'kept'));
update term
set chosen_how = 'began', chosen_for = jsonb_strip_nulls(jsonb_build_object(
	'uncertainty', phase.uncertainty, 'stakes', phase.stakes, 'urgency', phase.urgency, 'expertise', phase.expertise,
	'commitment', phase.commitment, 'reach', phase.reach, 'readiness', phase.readiness
))
from phase
where phase.project_id = term.project_id and phase.ended_at is null and phase.stated_at <= term.live_at
	and term.role = 'primary' and term.state in ('live', 'handing_over');

-- A lead that became something else than its lead was chosen for, and what whoever leads and a steward say of it.
create table reconsideration (
	id           uuid primary key default uuid_v7(),
	project_id   text not null references project (id) on delete cascade,
	-- the lead that is reconsidered
	term_id      uuid not null references term (id) on delete cascade,
	state        text not null,
	opened_at    timestamptz not null,
	-- by when both answer; null: it is over
	due          timestamptz,
	reminded     boolean not null default false,
	answer       text not null default '',
	steward_says text not null default '',
	steward_id   text references person (id) on update cascade,
	-- what the other of two is called, and the draft that was made of it
	part         text not null default '',
	split_id     text references project (id) on delete set null,
	ended_at     timestamptz,
	constraint reconsideration_state_known check (state in ('open', 'kept', 'co_lead', 'handed_on', 'split', 'opened', 'void')),
	constraint reconsideration_answer_known check (answer in ('', 'keep', 'co_lead', 'hand_on', 'split')),
	constraint reconsideration_steward_says_known check (steward_says in ('', 'keep', 'co_lead', 'hand_on', 'split')),
	constraint reconsideration_steward_named check ((steward_says = '') = (steward_id is null)),
	constraint reconsideration_waited_for check ((state = 'open') = (due is not null)),
	constraint reconsideration_ended check ((state = 'open') = (ended_at is null))
);

create unique index one_reconsideration on reconsideration (project_id) where state = 'open';
create index reconsideration_project on reconsideration (project_id);
create index reconsideration_term on reconsideration (term_id);
create index reconsideration_steward on reconsideration (steward_id) where steward_id is not null;
create index reconsideration_split on reconsideration (split_id) where split_id is not null;
create index reconsideration_due on reconsideration (due) where due is not null;
