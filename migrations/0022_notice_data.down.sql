alter table review drop column passed_on;

alter table need drop column claim_id;

-- Sentences are not made again: what has none is gone.
delete from notice where says is null;

alter table notice
    drop column code,
    drop column who_id,
    drop column skill_id,
    drop column level,
    drop column need_id,
    drop column of_id,
    drop column answer_by,
    drop column on_day;
alter table notice alter column says set not null;
update notice set link = '' where link is null;
alter table notice alter column link set default '';
alter table notice alter column link set not null;
