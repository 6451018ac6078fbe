-- The day from which the start of an accepted lead was first moved: it moves by four weeks at most in all.
alter table term add column start_base date;
