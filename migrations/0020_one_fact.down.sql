drop function organisation_day(timestamptz);
drop function trust_on(text, date, date);
drop function circles_above(text);
