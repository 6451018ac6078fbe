-- Names are found and sorted as people look for them: Nguyễn under N and by "nguyen", Øystein at O.
-- The bodies are RETURN expressions, not strings: an index by a function is also built where no search
-- path is set, as by a restore.

-- A text without case and accents. One of as many bytes as letters has no accents: most are such, and an
-- import folds them all for its indexes.
create function folded(words text) returns text
language sql immutable parallel safe
return case when octet_length(words) = char_length(words) then lower(words) else normalize(
    replace(replace(replace(replace(
        translate(
            lower(regexp_replace(normalize(words, nfkd), '[\u0300-\u036f\u02bb\u02bc]', '', 'g')),
            'øØłŁđĐðÐıħĦŧŦŋŊ', 'oollddddihhttnn'
        ),
        'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'),
    nfkc) end;

-- What is searched: of a name each word as it is, of other text the words' stems.
create function name_words(name text) returns tsvector
language sql immutable parallel safe
return to_tsvector('simple'::regconfig, folded(name));

create function free_words(words text) returns tsvector
language sql immutable parallel safe
return to_tsvector('english'::regconfig, folded(words));
