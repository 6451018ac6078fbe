alter table handover drop column thanked_at;
