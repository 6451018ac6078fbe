-- Who wants it brought in: not always who handed it in. The log names them.
alter table intake add column wanted_by text references person (id) on update cascade on delete set null;
