-- The day by which whoever accepted a lead says what they make of less or no is one fact, which clocks and pages
-- go by: while somebody else's answer is awaited, or nothing was answered so, there is none.
update term
set needs_by = null
where state = 'accepted' and needs_by is not null
    and (
        exists (
            select from need
            where need.project_id = term.project_id and need.granted_at is null and need.waived_at is null and need.answer is null
                and (need.claim_id is null or need.claim_id = term.claim_id)
        ) or not exists (
            select from need
            where need.project_id = term.project_id and need.granted_at is null and need.waived_at is null and need.answer is not null
                and (need.claim_id is null or need.claim_id = term.claim_id)
        )
    );
