drop function free_words(text);
drop function name_words(text);
drop function folded(text);
