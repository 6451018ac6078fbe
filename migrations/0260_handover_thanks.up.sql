-- When whoever handed a lead on thanked its team.
alter table handover add column thanked_at timestamptz;
