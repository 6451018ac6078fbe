package peopledb

import (
	"context"
	"encoding/json"
	"strconv"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// MyData returns everything that is kept about one person and that is theirs to see, as one JSON
// object: every match they were in with its result included, no other claimant's.
func (db *Store) MyData(ctx context.Context, person skein.PersonID) (json.RawMessage, error) {
	data, err := core.Value[json.RawMessage](ctx, db.pool, myDataSQL, person)
	return data, core.Translate(err)
}

var myDataSQL = `
select jsonb_build_object(
    'person', to_jsonb(person) - 'attributes' - 'search' - 'log_key',
    'circle', (select name from circle where circle.id = person.circle_id),
    'said_about_me', (
        select coalesce(jsonb_agg(to_jsonb(e) - 'attributes' || jsonb_build_object('skill', skill.name) order by e.observed_on, e.skill_id, e.kind, e.source, e.id), '[]')
        from evidence e join skill on skill.id = e.skill_id where e.person_id = person.id
    ),
    'said_by_me', (
        select coalesce(jsonb_agg(to_jsonb(e) - 'attributes' - 'hidden_at' || jsonb_build_object('skill', skill.name) order by e.observed_on, e.skill_id, e.kind, e.source, e.id), '[]')
        from evidence e join skill on skill.id = e.skill_id where e.given_by = person.id and e.person_id <> person.id
    ),
    'asked_about_me', (select coalesce(jsonb_agg(to_jsonb(a) order by a.asked_at, a.id), '[]') from ask a where a.person_id = person.id),
    'asked_of_me', (select coalesce(jsonb_agg(to_jsonb(a) order by a.asked_at, a.id), '[]') from ask a where a.asked_of = person.id),
    'wishes', (
        select coalesce(jsonb_agg(jsonb_build_object('skill', skill.name, 'made_at', w.made_at) order by w.made_at, skill.name), '[]')
        from wish w join skill on skill.id = w.skill_id where w.person_id = person.id
    ),
    'leave', (select coalesce(jsonb_agg(to_jsonb(a) order by a.from_on), '[]') from absence a where a.person_id = person.id),
    'matches', (
        select coalesce(jsonb_agg(
            to_jsonb(c) - 'idempotency_key'
            - case when c.person_id = person.id and not checking.now then '{}' else array['assessment', 'fit', 'ranked', 'zone', 'place', 'band', 'turn', 'rule', 'sentence', 'stops', 'band_size'] end
            || case when checking.now and c.state in ` + core.ClaimSecret + ` then jsonb_build_object('state', 'submitted', 'decided_at', null) else '{}' end
            || jsonb_build_object(
                'project', project.title,
                'window', jsonb_build_object('opened_at', w.opened_at, 'closes_at', w.closes_at, 'closed_at', w.closed_at, 'state', w.state,
                    'claimed', case
                        -- what was claimed stands, and is sealed, when a pick is returned
                        when w.told_at is not null and not exists (select from pick p where p.window_id = w.id and p.state = 'returned') then w.claimed
                    end,
                    'seed', case when w.closed_at is not null then w.seed end),
                'picks', (
                    select coalesce(jsonb_agg(jsonb_build_object('number', p.number, 'rule', p.rule, 'sentence', p.sentence,
                        'compared', p.compared, 'made_at', p.made_at, 'mine', p.claim_id = c.id) order by p.number), '[]')
                    from pick p where p.window_id = w.id and p.state in ('confirmed', 'unchecked', 'not_needed')
                )
            ) order by c.drafted_at, c.id), '[]')
        from claim c
        join claim_window w on w.id = c.window_id
        join project on project.id = c.project_id
        -- until a pick has been checked nobody is told of it
        cross join lateral (
            select exists (select from pick p where p.window_id = w.id and p.state = 'waiting') as now
        ) checking
        where c.person_id = person.id
            or c.with_person_id = person.id and c.state in ` + core.ClaimNamed + `
    ),
    'invitations', (select coalesce(jsonb_agg(to_jsonb(i) order by i.made_at), '[]') from invite i where i.person_id = person.id),
    'reviews_asked', (select coalesce(jsonb_agg(to_jsonb(r) - 'asked_of' - 'passed_on' order by r.asked_at), '[]') from review r where r.asked_by = person.id),
    'terms', (
        select coalesce(jsonb_agg(to_jsonb(t) - 'attributes' || jsonb_build_object('project', project.title) order by t.offered_at, t.id), '[]')
        from term t join project on project.id = t.project_id where t.person_id = person.id
    ),
    'teams', (
        select coalesce(jsonb_agg(to_jsonb(m) || jsonb_build_object('project', project.title) order by m.joined_at), '[]')
        from member m join project on project.id = m.project_id where m.person_id = person.id
    ),
    'stood_in', (
        select coalesce(jsonb_agg(to_jsonb(s) || jsonb_build_object('project', project.title) order by s.asked_at, s.id), '[]')
        from stand_in s join project on project.id = s.project_id
        where s.person_id = person.id or s.for_id = person.id or s.asked_by = person.id
    ),
    'said_of_leads', (
        select coalesce(jsonb_agg(to_jsonb(w) || jsonb_build_object('project', project.title) order by w.said_at, w.id), '[]')
        from week_word w join project on project.id = w.project_id where w.person_id = person.id or w.seen_by = person.id
    ),
    'decisions', (
        select coalesce(jsonb_agg(to_jsonb(d) - 'words' || jsonb_build_object('project', project.title) order by d.opened_at), '[]')
        from decision d join project on project.id = d.project_id
        where d.opened_by = person.id or d.decided_by = person.id or d.came_by = person.id
    ),
    'advice', (
        select coalesce(jsonb_agg(to_jsonb(a) || jsonb_build_object('question', asked.question) order by a.asked_at), '[]')
        from advice a join decision asked on asked.id = a.decision_id where a.person_id = person.id or a.asked_by = person.id
    ),
    'questions', (
        select coalesce(jsonb_agg(to_jsonb(q) || jsonb_build_object('project', project.title) order by q.asked_at, q.id), '[]')
        from question q join project on project.id = q.project_id where q.asked_by = person.id or q.answered_by = person.id
    ),
    'handed_on', (
        select coalesce(jsonb_agg(
            -- a draft is its writer's alone, of the note and of what is said back
            case when h.said_by is null and next.person_id is distinct from person.id then to_jsonb(h) - 'said' else to_jsonb(h) end
            || jsonb_build_object('project', project.title) order by h.written_at, h.id
        ), '[]')
        from handover h join project on project.id = h.project_id left join term next on next.id = h.next_id
        where h.writer_id = person.id or h.said_by = person.id or h.signed_by = person.id
            or h.said_by is null and h.said <> '{}' and next.person_id = person.id
    ),
    'changes_of_what_is_decided', (
        select coalesce(jsonb_agg(to_jsonb(c) || jsonb_build_object('project', project.title) order by c.proposed_at, c.id), '[]')
        from remit_change c join project on project.id = c.project_id
        where c.proposed_by = person.id or c.asked_of = person.id or c.answered_by = person.id
    ),
    'named_by_me', (
        select coalesce(jsonb_agg(jsonb_build_object('project', project.title, 'person', n.person_id, 'skill', skill.name) order by n.outcome_id, n.person_id, n.skill_id), '[]')
        from outcome_naming n
        join outcome o on o.id = n.outcome_id join project on project.id = o.project_id join skill on skill.id = n.skill_id
        where n.named_by = person.id
    ),
    'lessons_i_kept', (
        select coalesce(jsonb_agg(jsonb_build_object('project', project.title, 'at', lesson.library_at) order by lesson.library_at, o.id), '[]')
        from outcome_answer lesson join outcome o on o.id = lesson.outcome_id join project on project.id = o.project_id
        where lesson.library_by = person.id
    ),
    'said_what_it_is_like', (
        select coalesce(jsonb_agg(to_jsonb(h) || jsonb_build_object('project', project.title) order by h.stated_at, h.id), '[]')
        from phase h join project on project.id = h.project_id where h.said_by = person.id
    ),
    'reconsidered', (
        select coalesce(jsonb_agg(jsonb_build_object('project', project.title, 'opened_at', r.opened_at, 'state', r.state, 'my_answer', case when r.steward_id = person.id then r.steward_says end,
            'not_mine_to_claim', r.handed_by is not distinct from person.id) order by r.opened_at, r.id), '[]')
        from reconsideration r join project on project.id = r.project_id where r.steward_id = person.id or r.handed_by = person.id
    ),
    'steps_done', (
        select coalesce(jsonb_agg(to_jsonb(s) || jsonb_build_object('project', project.title) order by s.done_at, s.id), '[]')
        from step s join project on project.id = s.project_id where s.done_by = person.id
    ),
    'needs', (
        select coalesce(jsonb_agg(to_jsonb(n) || jsonb_build_object('project', project.title) order by n.project_id, n.id), '[]')
        from need n join project on project.id = n.project_id
        where (n.asked_of = person.id or n.answered_by = person.id or n.granted_by = person.id or n.waived_by = person.id)
            -- a draft is read by whoever may edit it
            and (
                project.proposed_by = person.id or project.state in ` + core.ProjectHappens + `
                or exists (select from claim_window w where w.project_id = project.id)
            )
    ),
    'checked', (
        select coalesce(jsonb_agg(jsonb_build_object('project', project.title, 'number', k.number, 'state', k.state, 'answered_at', k.answered_at, 'reason', k.reason) order by k.made_at, k.id), '[]')
        from pick k join claim_window w on w.id = k.window_id join project on project.id = w.project_id
        where k.answered_by = person.id
    ),
    'reviews_answered', (select coalesce(jsonb_agg(to_jsonb(r) - 'asked_by' - 'passed_on' order by r.asked_at), '[]') from review r where r.answered_by = person.id),
    'proposed', (select coalesce(jsonb_agg(jsonb_build_object('title', p.title, 'state', p.state) order by p.id), '[]') from project p where p.proposed_by = person.id),
    'guardrails_that_refused', (
        select coalesce(jsonb_agg(to_jsonb(r) || jsonb_build_object('project', project.title) order by r.at, r.id), '[]')
        from refusal r join project on project.id = r.project_id where r.person_id = person.id
    ),
    'answers_for', jsonb_build_object(
        'priorities', (select coalesce(jsonb_agg(p.title order by p.id), '[]') from priority p where p.owner_id = person.id),
        'guardrails', (select coalesce(jsonb_agg(g.kind order by g.kind), '[]') from guardrail g where g.owner_id = person.id)
    ),
    -- while others are asked, theirs alone; of how they led what was said of it together, where they may read it
    'how_it_went', (
        select coalesce(jsonb_agg(
            to_jsonb(a) - array['led_key', 'again_key', 'search', 'led_shown'] || jsonb_build_object('project', project.title, 'state', o.state, 'opened_at', o.opened_at, 'closed_at', o.closed_at)
            order by o.opened_at, o.id), '[]')
        from outcome_answer a join outcome o on o.id = a.outcome_id join project on project.id = o.project_id where a.person_id = person.id
    ),
    'how_i_led', (
        select coalesce(jsonb_agg(jsonb_build_object('project', project.title, 'said', a.led, 'shown', a.led_shown) order by o.opened_at, o.id, a.led_key), '[]')
        from outcome o
        join term on term.id = o.term_id and term.person_id = person.id
        join outcome_answer a on a.outcome_id = o.id and a.part <> 'lead' and a.led <> ''
        join project on project.id = o.project_id
        where o.state = 'closed' and (
            select count(*) from outcome_answer other where other.outcome_id = o.id and other.part <> 'lead' and other.led <> ''
        ) >= ` + strconv.Itoa(skein.FewestLed) + `
    ),
    'said_i_showed', (
        select coalesce(jsonb_agg(jsonb_build_object('project', project.title, 'skill', skill.name) order by folded(project.title), folded(skill.name)), '[]')
        from (
            select distinct n.outcome_id, n.skill_id from outcome_naming n join outcome o on o.id = n.outcome_id and o.state = 'closed'
            where n.person_id = person.id and not exists (select from term where term.id = o.term_id and term.person_id = person.id)
        ) n
        join outcome o on o.id = n.outcome_id join project on project.id = o.project_id join skill on skill.id = n.skill_id
    ),
    'not_for_me', (select coalesce(jsonb_agg(to_jsonb(d) order by d.at), '[]') from dismissal d where d.person_id = person.id),
    'told', (select coalesce(jsonb_agg(to_jsonb(n) order by n.made_at, n.id), '[]') from notice n where n.person_id = person.id),
    'asked_to_be_erased', (select e.asked_at from erasure e where e.person_id = person.id),
    'hats', (select coalesce(jsonb_agg(to_jsonb(h) order by h.given_at), '[]') from hat h where h.person_id = person.id),
    'account', (select to_jsonb(a) - 'password_hash' - 'epoch' from account a where a.person_id = person.id),
    'organisation_accounts', (
        select coalesce(jsonb_agg(jsonb_build_object('issuer', i.issuer, 'subject', i.subject, 'linked_at', i.linked_at, 'used_at', i.used_at) order by i.linked_at, i.issuer, i.subject), '[]')
        from identity i where i.person_id = person.id
    ),
    'second_step_demanded', coalesce((select second_step from sign_in_rule), false)
        and exists (select from hat h where h.person_id = person.id and h.kind in ('administrator', 'executive')),
    'browsers', (
        select coalesce(jsonb_agg(jsonb_build_object('browser', d.browser, 'made_at', d.made_at, 'used_at', d.used_at, 'expires_at', d.expires_at) order by d.made_at, d.id), '[]')
        from device d where d.person_id = person.id
    ),
    'passkeys', (
        select coalesce(jsonb_agg(jsonb_build_object('name', k.name, 'made_at', k.made_at, 'used_at', k.used_at, 'host', k.host) order by k.made_at, k.id), '[]')
        from passkey k where k.person_id = person.id
    ),
    'recovery_codes', (
        select coalesce(jsonb_agg(jsonb_build_object('made_at', c.made_at, 'used_at', c.used_at) order by c.made_at, c.used_at), '[]')
        from recovery_code c where c.person_id = person.id
    ),
    'kept_forms', (
        select coalesce(jsonb_agg(jsonb_build_object('action', k.action, 'fields', k.fields, 'kept_at', k.kept_at, 'expires_at', k.expires_at) order by k.kept_at, k.id), '[]')
        from kept_form k where k.person_id = person.id
    ),
    'sessions', (
        select coalesce(jsonb_agg(jsonb_build_object('browser', s.browser, 'made_at', s.made_at, 'seen_at', s.seen_at, 'expiry', s.expiry) order by s.made_at, s.id), '[]')
        from sessions s where s.person_id = person.id
    ),
    'sign_ins_refused', (
        select coalesce(jsonb_agg(jsonb_build_object('hour', r.hour, 'network', r.network, 'heard', r.heard, 'unheard', r.unheard) order by r.hour, r.network, r.account_hash), '[]')
        from sign_in_refused r where r.person_id = person.id
    ),
    'acts', (
        select coalesce(jsonb_agg(jsonb_build_object('at', v.at, 'action', v.action, 'noun', v.noun, 'noun_id', v.noun_id, 'details', v.details) order by v.id), '[]')
        from audit_told v where v.actor_key = person.log_key
    )
)
from person
where person.id = $1`
