-- What was published stays published: versions before read these tables too.
select 1;
