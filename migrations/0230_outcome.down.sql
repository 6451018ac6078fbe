drop table outcome_naming;
drop table outcome_answer;
drop table outcome_skill;
drop table outcome;
