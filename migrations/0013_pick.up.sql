-- A claim started the clock, so its end would tell of the claim: no page shows it.
alter table claim_window add column sealed boolean not null default false;
-- When everybody was told how it was decided. Until then claims and picks are sealed, in the log too.
alter table claim_window add column told_at timestamptz;

-- What the check at the close found: the gate that stops it, and the order in which the lead is
-- offered, with what decided at each turn.
alter table claim add column stops text not null default '';
alter table claim add column turn integer;
alter table claim add column rule text not null default '';
alter table claim add column sentence text not null default '';
alter table claim add column band_size integer;

-- Where nobody is compared there is no pick to check: a steward decides on what was written.
alter table pick alter column claim_id drop not null;
alter table pick add constraint pick_settled_has_claim
check (claim_id is not null or state in ('waiting', 'returned', 'void'));

-- Sealed means sealed: an event of a claim, a pick or an invitation tells nothing to anybody but
-- its actor before everybody is told.
create function audit_event_sealed(action text, noun text, noun_id text) returns boolean
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
