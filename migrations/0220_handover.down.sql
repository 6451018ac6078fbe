drop table handover;
