-- Whoever stands in has hours in a lead that do not count against claiming it, so whoever keeps leads in memory
-- has to follow.
create trigger stand_in_lead_added after insert on stand_in
referencing new table as new_rows for each statement execute function note_leads_of_rows('select project_id from rows');
create trigger stand_in_lead_changed after update on stand_in
referencing old table as old_rows new table as new_rows for each statement execute function note_leads_of_rows('select project_id from rows');
create trigger stand_in_lead_removed after delete on stand_in
referencing old table as old_rows for each statement execute function note_leads_of_rows('select project_id from rows');
