delete from notice where kind = 'access';
alter table notice
    drop column subject_id,
    drop column hat,
    drop column circle_id;
