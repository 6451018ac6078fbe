drop table policy;
drop table refusal;
drop table guardrail;
drop table priority;
