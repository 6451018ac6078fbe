-- Whether somebody stands in is asked of a stand_in row, which its notice names as any other does.
update notice
set of_id = stand_in.id
from stand_in
where notice.kind = 'standin' and notice.code = 'asked' and notice.of_id is null
    and notice.about = 'standin:' || stand_in.id::text;
