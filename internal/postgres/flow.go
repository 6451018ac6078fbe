package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/skein"
)

// flow is one lead's way from claims to office inside one transaction: what was read and locked,
// and what is to be told and noted when it commits. Locks are always taken in the same order:
// project, window, claims, people.
type flow struct {
	tx      pgx.Tx
	by      skein.By
	rules   rules
	project skein.Project
	phase   skein.Phase
	window  skein.Window
	claims  []claimRow // of the window, by person; none withdrawn or void
	judge   skein.Judge
	events  []skein.Event
	notices []skein.Notice
}

// rules are the clocks and guardrails that stand when a move is made.
type rules struct {
	skein.Clocks
	ConfirmWeighed bool
	LongestMonths  int // 0: no such guardrail
	LeadsAtOnce    int // 0: no such guardrail
	Zone           *time.Location
}

type rulesRow struct {
	WindowHours    int
	ConfirmHours   int
	AnswerHours    int
	NeedsHours     int
	ConfirmWeighed bool
	Zone           string
	LongestMonths  int
	LeadsAtOnce    int
	ShortestDays   int
}

const rulesSQL = `
select window_hours, confirm_hours, answer_hours, needs_hours, confirm_weighed, zone,
    coalesce((select number from guardrail where kind = 'longest_term' and retired_at is null), 0) as longest_months,
    coalesce((select number from guardrail where kind = 'leads_at_once' and retired_at is null), 0) as leads_at_once,
    coalesce((select number from guardrail where kind = 'shortest_window' and retired_at is null), 0) as shortest_days
from organisation`

func (r rulesRow) rules() rules {
	return rules{
		Clocks: skein.Clocks{
			Window: hours(r.WindowHours), Confirm: hours(r.ConfirmHours), Answer: hours(r.AnswerHours),
			Needs: hours(r.NeedsHours), Shortest: hours(24 * r.ShortestDays),
		},
		ConfirmWeighed: r.ConfirmWeighed, LongestMonths: r.LongestMonths, LeadsAtOnce: r.LeadsAtOnce,
		Zone: skein.Organisation{Zone: r.Zone}.Location(),
	}
}

func hours(n int) time.Duration { return time.Duration(n) * time.Hour }

// loadRules reads the rules.
func loadRules(ctx context.Context, tx pgx.Tx) (rules, error) {
	rows, _ := tx.Query(ctx, rulesSQL)
	row, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[rulesRow])
	return row.rules(), err
}

// flowProject is what a flow knows of its project and the present phase.
type flowProject struct {
	ID         skein.ProjectID
	Title      string
	Circle     skein.CircleID
	ProposedBy skein.PersonID
	State      skein.ProjectState
	Trust      skein.Trust
	EndOn      *time.Time
	Phase      skein.PhaseID
	Urgency    int
}

// flowProjectSQL locks the project, so that flows of one project go one after the other. A claim
// that is being sent does not wait for it, nor it for the claim.
const flowProjectSQL = `
select project.id,
    project.title,
    coalesce(project.circle_id, '') as circle,
    coalesce(project.proposed_by, '') as proposed_by,
    project.state,
    case when project.trust_until < $2 then 'weighed' else project.trust end as trust,
    project.end_on,
    phase.id::text as phase,
    coalesce(phase.urgency, 0)::int as urgency
from project
join phase on phase.project_id = project.id and phase.ended_at is null
where project.id = $1
for no key update of project`

// startFlow locks the project and reads it. Skip tells to leave it to whoever holds it; then there
// is no such row.
func startFlow(ctx context.Context, tx pgx.Tx, by skein.By, project skein.ProjectID, skip bool) (*flow, error) {
	sql := flowProjectSQL
	if skip {
		sql += ` skip locked`
	}
	f := &flow{tx: tx, by: by}
	batch := &pgx.Batch{}
	var found []flowProject
	batch.Queue(sql, project, skein.Day(by.At)).Query(func(rows pgx.Rows) (err error) {
		found, err = pgx.CollectRows(rows, pgx.RowToStructByName[flowProject])
		return err
	})
	batch.Queue(rulesSQL).Query(func(rows pgx.Rows) error {
		row, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[rulesRow])
		f.rules = row.rules()
		return err
	})
	if err := tx.SendBatch(ctx, batch).Close(); err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, pgx.ErrNoRows
	}
	p := found[0]
	f.project = skein.Project{
		ID: p.ID, Title: p.Title, Circle: p.Circle, ProposedBy: p.ProposedBy, State: p.State, Trust: p.Trust,
		EndOn: orZero(p.EndOn),
	}
	f.phase = skein.Phase{ID: p.Phase, Project: p.ID, Situation: skein.Situation{Urgency: p.Urgency}}
	return f, nil
}

// enter locks a window of the flow's project and its claims.
func (f *flow) enter(ctx context.Context, window skein.WindowID) error {
	batch := &pgx.Batch{}
	batch.Queue(`select`+windowColumns+` from claim_window where id = $1 for update`, window).
		Query(func(rows pgx.Rows) (err error) {
			f.window, err = pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[skein.Window])
			return err
		})
	batch.Queue(claimsOfWindowSQL, window).Query(func(rows pgx.Rows) (err error) {
		f.claims, err = pgx.CollectRows(rows, pgx.RowToStructByName[claimRow])
		return err
	})
	return f.tx.SendBatch(ctx, batch).Close()
}

// enterOpen enters the window that takes claims, or reports skein.ErrNotFound's SQL kin when there
// is none.
func (f *flow) enterOpen(ctx context.Context) error {
	var id skein.WindowID
	err := f.tx.QueryRow(ctx, `
		select id::text from claim_window where project_id = $1 and closed_at is null`, f.project.ID).Scan(&id)
	if err != nil {
		return err
	}
	return f.enter(ctx, id)
}

// flow runs do on a locked project and commits what it did, told and noted together.
func (db *DB) flow(ctx context.Context, by skein.By, project skein.ProjectID, do func(f *flow) error) error {
	return db.write(ctx, by, func(tx pgx.Tx) ([]skein.Event, error) {
		f, err := startFlow(ctx, tx, by, project, false)
		if err != nil {
			return nil, err
		}
		if err := do(f); err != nil {
			return nil, err
		}
		return f.events, f.tell(ctx)
	})
}

// note adds an audit row.
func (f *flow) note(action, noun, id string, details map[string]any) {
	f.events = append(f.events, skein.Event{
		Action: action, Noun: noun, NounID: id, Project: f.project.ID, Circle: f.project.Circle, Details: details,
	})
}

// say adds a notice; where links to when it is not to the project's result.
func (f *flow) say(to skein.PersonID, kind skein.NoticeKind, about string, says string, link string) {
	if to == "" {
		return
	}
	f.notices = append(f.notices, skein.Notice{
		Person: to, Kind: kind, Project: f.project.ID, Says: says, Link: link, About: about,
	})
}

func (f *flow) resultLink() string  { return f.projectLink() + "/result" }
func (f *flow) claimLink() string   { return f.projectLink() + "/claim" }
func (f *flow) projectLink() string { return projectLink(f.project.ID) }

// when says a moment as notices do. They are read later, so it names the day.
func (f *flow) when(t time.Time) string {
	return t.In(f.rules.Zone).Format("Monday 2\u00a0January, 15:04")
}

// claim returns the claim of that id.
func (f *flow) claim(id skein.ClaimID) (*claimRow, error) {
	for i := range f.claims {
		if f.claims[i].ID == id {
			return &f.claims[i], nil
		}
	}
	return nil, fmt.Errorf("claim %s is not in window %s", id, f.window.ID)
}
