alter table claim_window drop column restarts;
