drop trigger skill_is_named_anew on skill;
drop trigger skill_is_named_first on skill;
drop trigger skill_changes on skill;
drop function skill_is_named();
drop function skill_changes();
drop function skill_now(text);
drop table skill_was;
drop table skill_name;
drop function skill_key(text);
alter table skill
    drop column version,
    drop column twin,
    drop column retired_at;
