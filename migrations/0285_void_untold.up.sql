-- What was claimed in a window that became void before anybody was told stays sealed: a moment of telling that never was
-- would open the log's rows of it.
update claim_window
set told_at = null
where state = 'void'
    and told_at is not null
    and not exists (
        select from claim
        join term on term.claim_id = claim.id
        where claim.window_id = claim_window.id
    );
