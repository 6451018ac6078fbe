package postgres

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/skein"
)

// BoardQuery is what somebody looks for on the board.
type BoardQuery struct {
	Person      skein.PersonID
	Circle      skein.CircleID // with all that lies within it
	Priority    skein.PriorityID
	MostHours   *float64
	ClosesBy    time.Time // zero: any time
	OpenEnded   bool      // only what is open until taken
	Uncertainty skein.Uncertainty
	LeastStakes int
	LeastReach  int
	Text        string
	Sort        BoardSort
	After       BoardKey // where the page before ended; not for BySuits
	Limit       int
}

// BoardSort is the order of the board.
type BoardSort string

// The orders. By what suits somebody is worked out by the engine: the rows then come by closing
// time, and all of them up to the limit.
const (
	BySuits    BoardSort = "suits"
	ByClosing  BoardSort = "closing"
	ByPriority BoardSort = "priority"
	ByNewest   BoardSort = "newest"
)

// BoardKey is a place in one order: the sorting value as text, and the id.
type BoardKey struct {
	Value string
	ID    skein.ProjectID
}

// BoardRow is a lead on the board.
type BoardRow struct {
	ID           skein.ProjectID
	Title        string
	Purpose      string
	State        skein.ProjectState
	Trust        skein.Trust
	CircleName   string
	Priority     string
	HoursPerWeek *float64
	Granted      bool // the hours are
	OpenedAt     time.Time
	ClosesAt     time.Time // as pages may show it: zero where it is open-ended or would tell of a claim
	LeadName     string    // who leads it now
	LeadID       skein.PersonID
	EndsOn       skein.Date // when the lead's term is due to end
	CoLed        bool       // somebody leads beside the lead, or asks to
	Shadowed     bool
	Own          string // the viewer's place here: "lead", "co", "shadow", "member", or ""
	Claim        string // the state of the viewer's own claim
	SortKey      string
}

// Board is one page of the board.
type Board struct {
	Open       []BoardRow
	Soon       []BoardRow // led, and opening within two months or open for the next already
	Beside     []BoardRow // led, with a place beside the lead
	Nearest    []BoardRow // open leads that the filters leave out, the ones closing first
	Circles    []skein.Circle
	Priorities []skein.Priority
	OpenInAll  int // open leads, whatever the filters
}

// How far ahead in days the board looks for terms that end, how many leads it looks at for a place
// beside them, and how many it names when nothing is left.
const (
	soon        = 60
	mostBeside  = 40
	mostNearest = 3
)

const boardColumns = `
	project.id,
	project.title,
	project.purpose,
	project.state,
	project.trust,
	coalesce(circle.name, '') as circle_name,
	coalesce(priority.title, '') as priority,
	project.hours_per_week::float8 as hours_per_week,
	coalesce((
		select bool_and(need.granted_at is not null)
		from need
		where need.project_id = project.id and need.kind = 'hours'
	), false) as granted,
	coalesce(claim_window.opened_at, project.published_at, project.made_at) as opened_at,
	case when claim_window.sealed then null else claim_window.closes_at end as closes_at,
	coalesce(lead.name, '') as lead_name,
	coalesce(lead.id, '') as lead_id,
	term.ends_on,
	exists (
		select from term co
		where co.project_id = project.id and co.role = 'co' and co.state in ('asked', 'live')
	) as co_led,
	exists (
		select from term shadow
		where shadow.project_id = project.id and shadow.role = 'shadow' and shadow.state = 'live'
	) as shadowed,
	coalesce((
		select case own.role when 'primary' then 'lead' else own.role end
		from term own
		where own.project_id = project.id and own.person_id = @person
			and own.state in ('offered', 'accepted', 'live', 'handing_over')
		order by own.role = 'primary' desc
		limit 1
	), (
		select 'member'
		from member
		where member.project_id = project.id and member.person_id = @person and member.left_at is null
	), '') as own,
	coalesce((
		select claim.state
		from claim
		where claim.window_id = claim_window.id and claim.person_id = @person and claim.state <> 'withdrawn'
	), '') as claim`

const boardFrom = `
from project
left join circle on circle.id = project.circle_id
left join priority on priority.id = project.priority_id
left join claim_window on claim_window.project_id = project.id and claim_window.closed_at is null
left join term on term.project_id = project.id and term.role = 'primary' and term.state in ('live', 'handing_over')
left join person lead on lead.id = term.person_id`

// boardRow is a BoardRow as SQL says it.
type boardRow struct {
	ID           skein.ProjectID
	Title        string
	Purpose      string
	State        skein.ProjectState
	Trust        skein.Trust
	CircleName   string
	Priority     string
	HoursPerWeek *float64
	Granted      bool
	OpenedAt     time.Time
	ClosesAt     *time.Time
	LeadName     string
	LeadID       skein.PersonID
	EndsOn       *time.Time
	CoLed        bool
	Shadowed     bool
	Own          string
	Claim        string
	SortKey      string
}

func (r boardRow) row() BoardRow {
	return BoardRow{
		ID: r.ID, Title: r.Title, Purpose: r.Purpose, State: r.State, Trust: r.Trust,
		CircleName: r.CircleName, Priority: r.Priority, HoursPerWeek: r.HoursPerWeek, Granted: r.Granted,
		OpenedAt: r.OpenedAt, ClosesAt: orZero(r.ClosesAt), LeadName: r.LeadName, LeadID: r.LeadID, EndsOn: orZero(r.EndsOn),
		CoLed: r.CoLed, Shadowed: r.Shadowed, Own: r.Own, Claim: r.Claim, SortKey: r.SortKey,
	}
}

// closingKey sorts by when claims close, as pages may show it; what is open-ended comes last.
const closingKey = `coalesce(to_char(case when claim_window.sealed then null else claim_window.closes_at end, 'YYYYMMDDHH24MISSUS'), '9')`

// sortKeys says how each order reads its value, as text that sorts by bytes.
var sortKeys = map[BoardSort]string{
	BySuits:    closingKey,
	ByClosing:  closingKey,
	ByPriority: `lpad(coalesce(priority.place, 999999)::text, 6, '0')`,
	ByNewest:   `lpad((99999999999999 - extract(epoch from coalesce(claim_window.opened_at, project.made_at))::bigint)::text, 14, '0')`,
}

// where is the filter of the board as SQL, with the arguments that it names.
func (q BoardQuery) where() (string, pgx.NamedArgs) {
	args := pgx.NamedArgs{"person": q.Person}
	var all []string
	add := func(sql, name string, value any) {
		all, args[name] = append(all, sql), value
	}
	if q.Circle != "" {
		add(`project.circle_id in (
			with recursive under as (
				select circle.id from circle where circle.id = @circle
				union
				select circle.id from circle join under on circle.parent_id = under.id
			)
			select id from under)`, "circle", q.Circle)
	}
	if q.Priority != "" {
		add(`project.priority_id = @priority`, "priority", q.Priority)
	}
	if q.MostHours != nil {
		add(`project.hours_per_week <= @hours`, "hours", *q.MostHours)
	}
	if !q.ClosesBy.IsZero() {
		add(`not claim_window.sealed and claim_window.closes_at <= @closes`, "closes", q.ClosesBy)
	}
	if q.OpenEnded {
		all = append(all, `(claim_window.closes_at is null or claim_window.sealed)`)
	}
	like := `exists (select from phase where phase.project_id = project.id and phase.ended_at is null and `
	if q.Uncertainty != "" {
		add(like+`phase.uncertainty = @uncertainty)`, "uncertainty", q.Uncertainty)
	}
	if q.LeastStakes > 0 {
		add(like+`phase.stakes >= @stakes)`, "stakes", q.LeastStakes)
	}
	if q.LeastReach > 0 {
		add(like+`phase.reach >= @reach)`, "reach", q.LeastReach)
	}
	if words := prefixes(q.Text); words != "" {
		add(`project.search @@ to_tsquery('english', @words)`, "words", words)
	}
	if len(all) == 0 {
		return "", args
	}
	return " and " + strings.Join(all, " and "), args
}

// Board returns one page of the board, in one round trip.
func (db *DB) Board(ctx context.Context, q BoardQuery, today skein.Date) (Board, error) {
	var b Board
	var open, later, beside, nearest []boardRow
	where, args := q.where()
	key, ok := sortKeys[q.Sort]
	if !ok {
		key = sortKeys[BySuits]
	}
	key = `(` + key + `) collate "C"`
	args["today"] = today
	args["after"], args["after_id"] = q.After.Value, q.After.ID
	batch := &pgx.Batch{}
	paged := ``
	if q.After.ID != "" {
		paged = ` and (` + key + `, project.id) > (@after, @after_id)`
	}
	queueBoard(batch, &open, key, `project.state = 'open' and claim_window.id is not null`+where+paged, key+`, project.id`, q.Limit, args)
	if q.After.ID == "" {
		b.queueFirst(batch, args, where, closingKey, &later, &beside, &nearest)
	}
	queueRows(batch, &b.Circles, `
		select id, name, purpose, coalesce(parent_id, '') as parent, rotation, matching
		from circle
		order by name, id`)
	queueRows(batch, &b.Priorities, `
		select id, title, place, weight::float8 as weight, horizon, measure, coalesce(owner_id, '') as owner
		from priority
		where retired_at is null
		order by place`)
	batch.Queue(`
		select count(*)
		from project
		join claim_window on claim_window.project_id = project.id and claim_window.closed_at is null
		where project.state = 'open'`).
		QueryRow(func(row pgx.Row) error { return row.Scan(&b.OpenInAll) })
	if err := db.pool.SendBatch(ctx, batch).Close(); err != nil {
		return b, translate(err)
	}
	b.Open, b.Soon, b.Beside, b.Nearest = rowsOf(open), rowsOf(later), rowsOf(beside), rowsOf(nearest)
	return b, nil
}

// queueFirst queues what stands on the first page alone.
func (b *Board) queueFirst(batch *pgx.Batch, args pgx.NamedArgs, where, key string, later, beside, nearest *[]boardRow) {
	args["ahead"] = args["today"].(skein.Date).AddDate(0, 0, soon)
	queueBoard(batch, later, `''`, `(project.state = 'handing_over'
		or project.state = 'led' and term.ends_on between @today and @ahead and coalesce(project.end_on > term.ends_on, true))`+where,
		`coalesce(case when claim_window.sealed then null else claim_window.closes_at end, term.ends_on, 'infinity'), project.id`, mostBeside, args)
	queueBoard(batch, beside, `''`, `project.state = 'led' and term.person_id <> @person
		and not exists (
			select from term own
			where own.project_id = project.id and own.person_id = @person and own.state in ('asked', 'live')
		)`+where, `project.published_at desc nulls last, project.id`, mostBeside, args)
	queueBoard(batch, nearest, key, `project.state = 'open' and claim_window.id is not null`,
		key+`, project.id`, mostNearest, args)
}

func queueBoard(batch *pgx.Batch, into *[]boardRow, key, where, order string, limit int, args pgx.NamedArgs) {
	queueRows(batch, into, `select`+boardColumns+`, `+key+` as sort_key `+boardFrom+`
where `+where+`
order by `+order+`
limit `+strconv.Itoa(limit), args)
}

func rowsOf(rows []boardRow) []BoardRow {
	all := make([]BoardRow, len(rows))
	for i, r := range rows {
		all[i] = r.row()
	}
	return all
}
