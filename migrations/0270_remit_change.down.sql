drop table remit_change;
