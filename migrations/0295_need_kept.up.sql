-- What a lead had settled of a need when they stopped leading, until somebody else begins: who takes back that they
-- stepped down gets it back, and nobody is asked again.
alter table need add column kept jsonb not null default '{}';
