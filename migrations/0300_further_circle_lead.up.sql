-- The board finds a project by the further circles that must move with it, so whoever keeps its leads in memory follows.
create trigger further_circle_lead_added after insert on further_circle
referencing new table as new_rows for each statement execute function note_leads_of_rows('select project_id from rows');
create trigger further_circle_lead_removed after delete on further_circle
referencing old table as old_rows for each statement execute function note_leads_of_rows('select project_id from rows');
