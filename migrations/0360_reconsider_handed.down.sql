alter table reconsideration drop column handed_by;
