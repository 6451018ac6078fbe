alter table handover drop column renewed;
