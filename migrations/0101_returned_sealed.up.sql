-- What was claimed stands when a pick is returned, and is as sealed as before: how many were compared, and by
-- which rule, would tell of it until everybody is told of the pick that follows.
create or replace function audit_event_sealed(action text, noun text, noun_id text) returns boolean
language sql stable
as $$
    select case noun
        when 'claim' then exists (
            select from claim join claim_window on claim_window.id = claim.window_id
            where claim.id::text = noun_id and claim_window.told_at is null
        )
        when 'pick' then exists (
            select from pick join claim_window on claim_window.id = pick.window_id
            where pick.id::text = noun_id and (
                claim_window.told_at is null
                or action <> 'pick.return'
                and exists (select from pick given_back where given_back.window_id = pick.window_id and given_back.state = 'returned')
                and exists (
                    select from claim_window later
                    where later.phase_id = claim_window.phase_id and later.number > claim_window.number and later.told_at is null
                )
            )
        )
        when 'claim_window' then action like 'invite.%' and exists (
            select from claim_window
            where claim_window.id::text = noun_id and claim_window.told_at is null
        )
        else false
    end
$$;
