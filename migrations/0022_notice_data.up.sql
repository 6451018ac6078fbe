-- A notice is data: its kind, whom and what it is about, and until when an answer is wanted. What it
-- says is made where it is shown. Rows from before keep their sentence and their link.
alter table notice alter column says drop not null;
alter table notice alter column link drop not null;
alter table notice alter column link drop default;
alter table notice
    -- which of its kind's sentences it is
    add column code text not null default '',
    -- whom it names
    add column who_id text references person (id) on delete cascade,
    add column skill_id text references skill (id) on delete cascade,
    add column level smallint,
    add column need_id uuid references need (id) on delete set null,
    -- the row that it asks about: a term, pick, window, review, ask or piece of evidence
    add column of_id uuid,
    add column answer_by timestamptz,
    add column on_day date;

update notice
set of_id = substring(about from '[0-9a-f]{8}-[0-9a-f-]{27}$')::uuid
where about ~ '[0-9a-f]{8}-[0-9a-f-]{27}$' and kind in ('offer', 'check', 'invite', 'review', 'asked', 'returned');

update notice
set code = case when about like 'needs:%' then 'asked' when about like 'term:%' then 'waits' else 'granted' end
where kind = 'needs';

-- The coach of a stretch belongs to one claim, and goes with it.
alter table need add column claim_id uuid references claim (id) on delete cascade;

update need
set claim_id = claim.id
from claim
where claim.project_id = need.project_id and claim.coach_id = need.asked_of and need.kind = 'coach'
    and claim.state in ('accepted', 'live') and claim.zone = 'stretch';

-- Who was asked for a review before, and was silent. Until now their notices said it.
alter table review add column passed_on text[] not null default '{}';

update review
set passed_on = array(
    select notice.person_id
    from notice
    where notice.kind = 'review' and notice.about = 'review:' || review.id::text
        and notice.person_id is distinct from review.asked_of
    order by notice.made_at
);
