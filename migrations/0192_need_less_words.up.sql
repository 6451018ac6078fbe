-- Of what nobody counted there is less in words, which stand where the reason does; of anything else, a number.
alter table need
    drop constraint need_less_number,
    add constraint need_less_number check (less is null or (coalesce(answer = 'less', false) and less > 0)),
    add constraint need_less_said check (answer is distinct from 'less' or less is not null or btrim(answer_reason) <> '');
