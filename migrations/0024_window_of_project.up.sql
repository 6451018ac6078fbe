-- A project's page asks for its latest window.
create index concurrently if not exists claim_window_of_project on claim_window (project_id, opened_at desc, id desc);
