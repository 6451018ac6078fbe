package homedb

import (
	"context"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// Notice is what somebody was told, with the names that its sentence needs.
type Notice struct {
	ID           string
	Kind         skein.NoticeKind
	Code         skein.NoticeCode
	Project      skein.ProjectID
	Title        string // of the project
	ProjectState skein.ProjectState
	Claim        skein.ClaimID
	Who          skein.PersonID
	WhoName      string
	Me           skein.PersonID
	SkillName    string
	Level        int
	Need         skein.Need // which it names: what is needed, and what was answered
	Of           string
	Subject      skein.PersonID // whose access it is about
	SubjectName  string
	Hat          skein.HatKind // the role that was given or taken away,
	CircleName   string        // and of which circle
	Stops        string        // the gate that stopped the claim
	Reason       string        // why the pick was returned
	By           time.Time
	On           skein.Date
	MadeAt       time.Time
	Seen         bool
	Question     string // that is to be decided, or was
	Since        string // what came of an ask since: one of the words of noticeSince; empty: it still waits, or asked nothing
	Projects     int    `db:"-"` // of how many projects it tells; above 1 it names the one that was told last
	Says         string // of a notice from before they were data: its sentence,
	Link         string // and its link
}

var noticeColumns = `
    notice.id::text as id,
    notice.kind,
    notice.code,
    coalesce(notice.project_id, '') as project,
    coalesce(project.title, '') as title,
    coalesce(project.state, '') as project_state,
    coalesce(notice.claim_id::text, '') as claim,
    coalesce(notice.who_id, '') as who,
    coalesce(who.name, '') as who_name,
    notice.person_id as me,
    coalesce(skill.name, '') as skill_name,
    coalesce(notice.level, 0)::int as level,
    case when need.id is null then '{}' else ` + core.NeedSaid + ` end as need,
    coalesce(notice.of_id::text, '') as of,
    coalesce(notice.subject_id, '') as subject,
    coalesce(subject.name, '') as subject_name,
    coalesce(notice.hat, '') as hat,
    coalesce(circle.name, '') as circle_name,
    coalesce(told_claim.stops, '') as stops,
    coalesce((select pick.reason from pick where pick.id = notice.of_id and notice.kind = 'returned'), '') as reason,
    notice.answer_by as by,
    notice.on_day as on,
    notice.made_at,
    notice.seen_at is not null as seen,
    coalesce(` + noticeSince + `, '') as since,
    coalesce((select decision.question from decision where decision.id = notice.of_id and notice.kind = 'decision'), '') as question,
    coalesce(notice.says, '') as says,
    coalesce(notice.link, '') as link`

const noticeFrom = `
from notice
left join project on project.id = notice.project_id
left join person who on who.id = notice.who_id
left join person subject on subject.id = notice.subject_id
left join circle_named circle on circle.id = notice.circle_id
left join skill on skill.id = notice.skill_id
left join need on need.id = notice.need_id
left join claim told_claim on told_claim.id = notice.claim_id`

// noticeSince says of a notice that asked for something what came of it since, so that nobody is
// asked again for what is done.
var noticeSince = `case notice.kind
    when 'offer' then (
        select case
                when term.state = 'offered' then ''
                when term.state = 'declined' then 'no'
                when term.state = 'lapsed' then 'late'
                when term.state = 'void' then 'settled'
                else 'yes'
            end
        from term where term.id = notice.of_id
    )
    when 'check' then (
        select case
                when pick.state = 'waiting' and pick.asked_of = notice.person_id then ''
                when pick.answered_by = notice.person_id then pick.state
                else 'settled'
            end
        from pick where pick.id = notice.of_id
    )
    when 'invite' then (
        select case invite.state when 'waiting' then '' when 'accepted' then 'yes' when 'declined' then 'no' when 'lapsed' then 'late' else 'settled' end
        from invite where invite.window_id = notice.of_id and invite.person_id = notice.person_id
    )
    when 'nobody' then (
        select case when claim_window.state in ` + core.WindowGoing + ` then '' else 'settled' end
        from claim_window where claim_window.id = notice.of_id
    )
    when 'review' then (
        select case
                when review.answered_by = notice.person_id then 'answered'
                when review.answered_at is not null or review.asked_of is distinct from notice.person_id then 'settled'
                else ''
            end
        from review where review.id = notice.of_id
    )
    when 'decision' then (
        select case
                when notice.code in ('decided', 'closed', 'over', 'left') then ''
                when notice.code = 'propose' and decision.decided_by = notice.person_id then 'answered'
                when decision.state <> 'asking' then 'settled'
                when notice.code in ('asked', 'agree', 'soon') and exists (
                    select from advice
                    where advice.decision_id = decision.id and advice.person_id = notice.person_id and advice.state in ('given', 'passed')
                ) then 'answered'
                else ''
            end
        from decision where decision.id = notice.of_id
    )
    when 'asked' then (
        select case
                when question.answered_by = notice.person_id then 'answered'
                when question.answered_at is not null or not exists (
                    select from term
                    where term.project_id = notice.project_id and term.person_id = notice.person_id
                        and term.role in ('primary', 'co') and term.state in ` + core.TermHolds + `
                    union all
                    select from stand_in
                    where stand_in.project_id = notice.project_id and stand_in.person_id = notice.person_id and stand_in.state = 'standing'
                ) then 'settled'
                else ''
            end
        from question
        where notice.code = 'lead' and question.id = notice.of_id
        union all
        select case when ask.answered_at is not null then 'answered' else '' end
        from ask where ask.id = notice.of_id
    )
    when 'with' then (
        select case
                when claim.with_person_id is distinct from notice.person_id or claim.state = 'withdrawn' then 'settled'
                when claim.with_agreed_at is not null then 'yes'
                when claim_window.closed_at is not null then 'late'
                else ''
            end
        from claim join claim_window on claim_window.id = claim.window_id where claim.id = notice.claim_id
    )
    when 'coach' then (
        select case
                when claim.coach_id is distinct from notice.person_id or claim.state in ('withdrawn', 'void', 'not_chosen') then 'settled'
                when claim.coach_agreed_at is not null then 'yes'
                else ''
            end
        from claim where claim.id = notice.claim_id
    )
    when 'needs' then (
        select 'granted'
        from project
        where project.id = notice.project_id
            and notice.code in ('asked', 'waits')
            and (project.state in ` + core.ProjectOver + ` or not exists (
                select from need
                where need.project_id = project.id and ` + core.NeedAsked + `
                    and coalesce(need.asked_of = notice.person_id, notice.code = 'asked')
            ))
    )
    when 'standin' then (
        select case stand_in.state when 'asked' then '' when 'standing' then 'yes' when 'declined' then 'no' when 'lapsed' then 'late' else 'settled' end
        from stand_in where notice.code = 'asked' and stand_in.id = notice.of_id
    )
    when 'word' then (
        select case when term.state in ` + core.TermHolds + ` then 'said' else 'settled' end
        from term
        where term.id = notice.of_id and not (term.state in ` + core.TermHolds + ` and term.word_due is not distinct from notice.on_day)
    )
    when 'outcome' then (
        select case
                when outcome_answer.answered_at is not null then 'answered'
                when outcome.state <> 'asking' or outcome_answer.passed then 'settled'
                else ''
            end
        from outcome_answer
        join outcome on outcome.id = outcome_answer.outcome_id
        where notice.code in ('', 'remind') and outcome.id = notice.of_id and outcome_answer.person_id = notice.person_id
    )
    when 'handover' then (
        select 'settled'
        where notice.code <> 'thanks' and not exists (
            select from handover
            join term next on next.id = handover.next_id and next.person_id = notice.who_id
            where handover.id = notice.of_id and handover.due is not null
                and handover.state = case notice.code when 'writes' then 'draft' when 'signs' then 'said_back' else 'written' end
        )
    )
    when 'changed' then (
        select case term.state when 'offered' then '' when 'declined' then 'no' when 'lapsed' then 'late' when 'void' then 'settled' else 'yes' end
        from term where notice.code = 'asked' and term.id = notice.of_id
        union all
        select 'settled'
        where notice.code in ('decide', 'again', 'soon', 'differ') and not exists (
            select from reconsideration
            join term on term.id = reconsideration.term_id
            where reconsideration.id = notice.of_id and reconsideration.state = 'open' and (
                reconsideration.answer <> '' and reconsideration.steward_says <> ''
                or case when term.person_id = notice.person_id then reconsideration.answer else reconsideration.steward_says end = ''
            )
        ) or notice.code = 'keeps' and not exists (
            select from reconsideration where reconsideration.id = notice.of_id and reconsideration.state in ('handed_on', 'opened')
        )
    )
    when 'remit' then (
        select case
                when remit_change.state in ('agreed', 'refused') and remit_change.answered_by = notice.person_id then 'answered'
                when remit_change.state = 'lapsed' then 'late'
                else 'settled'
            end
        from remit_change
        where notice.code in ('asked', 'waits') and remit_change.id = notice.of_id
            and not (remit_change.state = 'proposed' and (remit_change.asked_of = notice.person_id or not remit_change.by_lead))
    )
    when 'team' then (
        select 'settled'
        where notice.code = 'asks' and not exists (
            select from term
            where term.project_id = notice.project_id and term.person_id = notice.who_id and term.role = 'co' and term.state = 'asked'
        )
    )
end`

// bundledSQL reads the newest notices of a person with all that are one with each, the newest first.
func bundledSQL(person, which, before, limit string) string {
	return `
with bundle as (
    select (array_agg(notice.id order by notice.made_at desc, notice.id desc))[1] as id, max(notice.made_at) as made_at,
        array_agg(notice.id) as ids
    from notice
    where notice.person_id = ` + person + ` ` + which + `
    group by ` + core.NoticeBundle + `
), newest as (
    select * from bundle where ` + before + ` order by made_at desc, id desc limit ` + limit + `
)
select` + noticeColumns + `,
    newest.id::text as bundle` +
		strings.Replace(noticeFrom, "from notice", "from newest\njoin notice on notice.id = any (newest.ids)", 1) + `
order by newest.made_at desc, newest.id desc, notice.made_at desc, notice.id desc`
}

// bundledNotice is a notice, and the one that it is one with.
type bundledNotice struct {
	Notice

	Bundle string
}

// bundles makes one notice of those that are one: the newest, with what came of all of them, and the
// first day by which an answer is wanted that still waits.
func bundles(told []bundledNotice) []Notice {
	var notices []Notice
	var projects map[skein.ProjectID]bool
	for i, t := range told {
		if i == 0 || t.Bundle != told[i-1].Bundle {
			projects = map[skein.ProjectID]bool{}
			notices = append(notices, t.Notice)
		}
		n := &notices[len(notices)-1]
		projects[t.Project] = true
		n.Projects = len(projects)
		switch {
		case n.ID == t.ID:
		case n.Since == "" && t.Since == "":
			if !t.By.IsZero() && t.By.Before(n.By) {
				n.By = t.By
			}
		case n.Since == "" || n.Since == t.Since:
		case t.Since == "":
			n.Since, n.By = "", t.By
		default:
			n.Since = "settled"
		}
	}
	return notices
}

// Notices returns what a person was told, the newest first, before the notice named (or from the
// newest), and the id to go on from, or "". Those that are one count as one.
func (db *Store) Notices(ctx context.Context, person skein.PersonID, before string, limit int) (notices []Notice, next string, err error) {
	told, err := core.All[bundledNotice](ctx, db.pool, bundledSQL("$1", "", `($2 = '' or (made_at, id) < (
			select made_at, id from notice where person_id = $1 and id::text = $2
		))`, "$3"), person, before, limit+1)
	notices = bundles(told)
	if err == nil && len(notices) > limit {
		notices = notices[:limit]
		next = notices[limit-1].ID
	}
	return notices, next, core.Translate(err)
}

// Told reads some notices to one person, the newest first, those that are one as one.
func Told(ctx context.Context, on core.Querier, ids []string) ([]Notice, error) {
	told, err := core.All[bundledNotice](ctx, on, `
		select`+noticeColumns+`,
			`+core.NoticeBundle+` as bundle`+noticeFrom+`
		where notice.id = any ($1::text[]::uuid[])
		order by max(notice.made_at) over (partition by `+core.NoticeBundle+`) desc, bundle, notice.made_at desc, notice.id desc`, ids)
	return bundles(told), err
}

// SeeNotices notes that by has seen what they were told until now.
func (db *Store) SeeNotices(ctx context.Context, by skein.By) error {
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		tag, err := tx.Exec(ctx, `
			update notice
			set seen_at = $2
			where person_id = $1 and seen_at is null and made_at <= $2`, by.Person, by.At)
		if err != nil || tag.RowsAffected() == 0 {
			return nil, err
		}
		return []skein.Event{{
			Action: "notice.see", Noun: "person", NounID: string(by.Person),
			Details: map[string]any{"notices": tag.RowsAffected()},
		}}, nil
	})
}
