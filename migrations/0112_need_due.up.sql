-- The clocks look for needs whose answer is due.
create index need_answer_due on need (answer_by) where granted_at is null and waived_at is null and answer is null;
