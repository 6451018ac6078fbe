-- What was taken out was not gone by.
select 1;
