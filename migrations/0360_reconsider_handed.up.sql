-- Who had answered as a steward when a lead was handed on by a reconsideration: they do not claim it. What they said is
-- taken over by what a steward says afterwards.
alter table reconsideration add column handed_by text references person (id) on update cascade;
create index reconsideration_handed on reconsideration (handed_by) where handed_by is not null;
update reconsideration set handed_by = steward_id where state in ('handed_on', 'opened') and steward_says <> 'keep';
