update need set less = 1 where answer = 'less' and less is null;
alter table need
    drop constraint need_less_said,
    drop constraint need_less_number,
    add constraint need_less_number check ((less is not null) = coalesce(answer = 'less', false) and less > 0);
