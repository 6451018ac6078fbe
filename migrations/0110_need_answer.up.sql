-- What was said of a need that is not granted by name, what the lead took of it, and whether it has arrived.
-- Granted and waived stay as they are, so that a server of the version before reads every need rightly: hours
-- that count as granted have a moment and nobody's name, and less that was taken is a waiver.
alter table need
    add column passed_on text[] not null default '{}',
    add column answer text,
    add column answered_by text references person (id) on update cascade,
    add column answered_at timestamptz,
    add column less numeric(12, 2),
    add column answer_reason text not null default '',
    add column taken boolean not null default false,
    add column arrival text,
    add column arrival_at timestamptz,
    add constraint need_answer_known check (answer in ('counted', 'less', 'no', 'nobody')),
    add constraint need_answered_when check ((answer is null) = (answered_at is null)),
    add constraint need_answered_by_whom check ((answered_by is not null) = coalesce(answer in ('less', 'no'), false)),
    add constraint need_less_number check ((less is not null) = coalesce(answer = 'less', false) and less > 0),
    add constraint need_no_reason check (answer is distinct from 'no' or btrim(answer_reason) <> ''),
    add constraint need_arrival_known check (arrival in ('arrived', 'missing')),
    add constraint need_arrival_when check ((arrival is null) = (arrival_at is null)),
    drop constraint need_granted_by_name,
    add constraint need_granted_by_name check (
        (granted_by is null or granted_at is not null)
        and (granted_at is null or granted_by is not null or coalesce(answer = 'counted', false))
    );

-- Needs that are asked for without a day by which they are answered would be asked for for ever.
update need
set answer_by = now() + interval '7 days'
from project
where project.id = need.project_id
    and project.state in ('open', 'led', 'handing_over')
    and need.answer_by is null
    and need.granted_at is null
    and need.waived_at is null;
