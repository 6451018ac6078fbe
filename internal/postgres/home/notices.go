package homedb

import (
	"context"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	leaddb "skein/internal/postgres/lead"
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
	RemitOf      skein.RemitOf
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
    coalesce((select ` + leaddb.RemitOf + ` from remit_change where remit_change.id = notice.of_id and notice.kind = 'remit'), '') as remit_of,
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
