alter table organisation drop column restored_at;
