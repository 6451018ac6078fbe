-- Without the column a day to come would be one that a file named: whose start was moved begins when nothing
-- is open.
update term set starts_on = null where claim_id is not null and state = 'accepted';
alter table term drop column start_base;
