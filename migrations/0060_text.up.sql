-- Names, and other texts of one line, hold what can be seen: whoever could put a mark of direction or a
-- control character into a name could pass for somebody else, or turn round the sentence beside it.
-- What is stored already is cleaned; what comes is checked in full by the application, and its worst by
-- the constraints below.

-- spaces for what ends a line; nothing for what has no shape; a joiner stays between two characters.
create function text_of_one_line(given text) returns text language sql immutable as $$
    select btrim(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(
        normalize(given, NFC),
        '[\u0009-\u000d\u0085\u2028\u2029]', ' ', 'g'),
        '[\u0001-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001-\U000e007f]', '', 'g'),
        '([\u200c\u200d])[\u200c\u200d]+', '\1', 'g'),
        '(^|\s)[\u200c\u200d]+|[\u200c\u200d]+(?=\s|$)', '\1', 'g'),
        '\s+', ' ', 'g'))
$$;

create function text_of_lines(given text) returns text language sql immutable as $$
    select regexp_replace(regexp_replace(
        normalize(given, NFC),
        '\r\n|[\r\u2028\u2029]', E'\n', 'g'),
        '[\u0001-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]', '', 'g')
$$;

-- the cleaned text; null where nothing of it can be seen.
create function seen_of(given text) returns text language sql immutable as $$
    select case when regexp_replace(text_of_one_line(given),
        '[\s\u0300-\u036f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0]', '', 'g') <> ''
        then text_of_one_line(given)
    end
$$;

do $$
declare
    c record;
begin
    -- what must say something keeps something that can be seen
    for c in
        select * from (values
            ('organisation', 'name', 'null', 'Our organisation'), ('organisation', 'circle_word', 'null', 'team'),
            ('circle', 'name', 'id', 'Unnamed'), ('person', 'name', 'id', 'Unnamed'), ('skill', 'name', 'id', 'Unnamed'),
            ('priority', 'title', 'id', 'Unnamed'), ('project', 'title', 'id', 'Unnamed'),
            ('need', 'what', 'null', 'Something'), ('remit', 'area', 'null', 'Something')
        ) as must (at, named, otherwise, last)
    loop
        execute format(
            'update %1$I set %2$I = coalesce(seen_of(%2$I), seen_of(%3$s), %4$L)
            where seen_of(%2$I) is null or text_of_one_line(%2$I) <> btrim(regexp_replace(%2$I, ''\s+'', '' '', ''g''))
                or %2$I ~ ''[\u0001-\u001f]''',
            c.at, c.named, c.otherwise, c.last);
    end loop;
    for c in
        select * from (values
            ('organisation', 'vision'), ('skill', 'uri'), ('priority', 'measure'), ('priority', 'horizon'), ('project', 'group_name'),
            ('phase', 'name'), ('remit', 'with_whom'), ('member', 'brings'), ('ask', 'about')
        ) as line (at, named)
    loop
        execute format(
            'update %1$I set %2$I = coalesce(seen_of(%2$I), '''')
            where text_of_one_line(%2$I) <> btrim(regexp_replace(%2$I, ''\s+'', '' '', ''g'')) or %2$I ~ ''[\u0001-\u001f]'' or %2$I <> '''' and seen_of(%2$I) is null',
            c.at, c.named);
    end loop;
    for c in
        select * from (values
            ('organisation', 'purpose'), ('circle', 'purpose'), ('person', 'about'), ('evidence', 'note'), ('guardrail', 'reason'),
            ('project', 'purpose'), ('project', 'judged_by'), ('project', 'trust_reason'), ('project', 'end_reason'), ('claim', 'why'), ('pick', 'reason'),
            ('review', 'what'), ('review', 'answer')
        ) as lines (at, named)
    loop
        execute format('update %1$I set %2$I = text_of_lines(%2$I) where %2$I <> text_of_lines(%2$I)', c.at, c.named);
    end loop;
end
$$;

drop function seen_of(text);
drop function text_of_one_line(text);
drop function text_of_lines(text);

alter table organisation add constraint organisation_name_seen check (name || circle_word !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]');
alter table circle add constraint circle_name_seen check (name !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]');
alter table person add constraint person_name_seen check (name !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]');
alter table skill add constraint skill_name_seen check (name !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]');
alter table priority add constraint priority_title_seen check (title !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]');
alter table project add constraint project_title_seen check (title !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]');
