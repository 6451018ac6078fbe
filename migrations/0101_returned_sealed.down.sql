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
            where pick.id::text = noun_id and claim_window.told_at is null
        )
        when 'claim_window' then action like 'invite.%' and exists (
            select from claim_window
            where claim_window.id::text = noun_id and claim_window.told_at is null
        )
        else false
    end
$$;
