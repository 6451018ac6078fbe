drop table advice;
drop table decision;
drop function decision_words();
drop function advice_words();
