update notice
set of_id = null
where kind = 'standin' and code = 'asked';
