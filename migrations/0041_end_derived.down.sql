update person set read_how_at = read_how.at from read_how where read_how.person_id = person.id;
drop table read_how;
