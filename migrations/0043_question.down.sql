drop index claim_window_untaken;
alter table project drop column end_told;
alter table claim_window drop column asked_at;
