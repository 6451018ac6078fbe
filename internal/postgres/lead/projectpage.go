package leaddb

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/comparison"
	"skein/internal/postgres/core"
	factsdb "skein/internal/postgres/facts"
	"skein/internal/skein"
)

// ProjectPage is a project with all that its page says, as one person sees it.
type ProjectPage struct {
	skein.Proposal
	Circles       []skein.Circle // from the outermost to the project's own; ids and names
	FurtherNamed  []CircleName   // those that must move with it, by name
	PriorityTitle string
	ProposerName  string
	EndedAt       time.Time
	EndReason     string
	Owner         skein.PersonID
	OwnerName     string // who looks after it while nobody leads it; empty: nobody could
	SkillNames    map[skein.SkillID]string
	NeedsShown    []NeedShown // the needs once more
	Members       []MemberRow
	Terms         []TermRow   // of every role and state, the earliest first
	StandIn       *StandInRow // who is asked to stand in, or stands in
	Stood         []StoodRow  // who stood in, or does, the earliest first
	Week          Week
	Links         []skein.Link    // to where the work happens
	Steps         []StepRow       // of the plan, by their days
	Questions     []QuestionRow   // to whoever leads, those that wait first, then the newest
	Decisions     []DecisionRow   // those that are open first, drafts among them, then the newest
	Decided       int             // how many there are that everybody reads
	Outcomes      []OutcomeRow    // how times in office went, the latest first
	Handover      *HandoverRow    // the note of the lead that is handed on, or was last
	TakenBack     *skein.Handover // what was written last before the handing on was taken back; nil: nothing was
	Changed       Changed
	LeadAway      bool // whoever leads it is on a leave for which Skein sees to it
	Deciding      Deciding
	Window        *skein.Window
	Claim         *skein.Claim // the viewer's own in that window
	Named         bool         // a claim that was sent in that window names the viewer
	Invited       bool         // the viewer is asked to lead it
	Checks        bool         // the viewer is asked to check who was picked, and nobody was told yet
	CheckBy       time.Time    // until when
	Stewards      []PersonRow  // of the project's circle and of those above, the nearest first
	Confirms      bool         // picks above open are checked
	NewGround     []string     // names of who is ready and has never led; only for who asks for it, see view.SeesNewGround
}

// NeedShown is a part of what the lead gets, with the names of its people.
type NeedShown struct {
	skein.Need
	AskedOfName    string
	GrantedByName  string
	WaivedByName   string
	AnsweredByName string
	AskedExecutive bool // whoever is asked is asked as an executive
}

// PersonRow is a person by name.
type PersonRow struct {
	ID   skein.PersonID
	Name string
}

// MemberRow is a member with the name that the page says.
type MemberRow struct {
	ID     skein.PersonID
	Name   string
	Brings string
}

var projectHeadSQL = `
select` + projectColumns + `,
	coalesce(priority.title, '') as priority_title,
	coalesce(proposer.name, '') as proposer_name,
	project.ended_at,
	project.end_reason,
	organisation.confirm_weighed as confirms,
	coalesce(owner.id, '') as owner,
	coalesce(owner.name, '') as owner_name
from organisation
join project on project.id = @project
left join priority on priority.id = project.priority_id
left join person proposer on proposer.id = project.proposed_by
left join lateral (` + OwnerSQL("@today::date") + `) owner on true`

type projectHead struct {
	skein.Project
	PriorityTitle string
	ProposerName  string
	EndedAt       time.Time
	EndReason     string
	Owner         skein.PersonID
	OwnerName     string
	Confirms      bool
}

const projectCirclesSQL = `
select circle.id, circle.name, up.depth
from project
cross join circles_above(project.circle_id) up
join circle on circle.id = up.circle_id
where project.id = $1
order by up.depth desc`

var projectStewardsSQL = `
select person.id, person.name
from project
cross join circles_above(project.circle_id) up
join hat on hat.circle_id = up.circle_id
join person on person.id = hat.person_id
where project.id = @project and hat.kind = 'steward' and` + core.ActiveToday + `
group by person.id
order by min(up.depth), folded(person.name), person.id`

var needsShownSQL = `
select` + needColumns + `,
	coalesce(asked.name, '') as asked_of_name,
	coalesce(granter.name, '') as granted_by_name,
	coalesce(waiver.name, '') as waived_by_name,
	coalesce(answerer.name, '') as answered_by_name,
	` + core.NeedOfExecutives + ` as asked_executive
from need
join project on project.id = need.project_id
left join person answerer on answerer.id = need.answered_by
left join person asked on asked.id = need.asked_of
left join person granter on granter.id = need.granted_by
left join person waiver on waiver.id = need.waived_by
where need.project_id = @project and (
	-- Of whoever may take back that they stepped down it waits, and nobody has it. Of a project that is over it is what its
	-- last lead got.
	need.claim_id is null or exists (
		select from claim
		join term on term.project_id = claim.project_id and term.person_id = claim.person_id
		where claim.id = need.claim_id and term.role = 'primary'
			and (term.state in ` + core.TermPlaced + ` or project.state in ` + core.ProjectOver + ` and term.claim_id = claim.id and term.state in ` + core.TermBegun + `)
	)
)
order by need.place, need.id`

const projectWindowSQL = `
select` + windowShownColumns + `,
	'' as seed
from claim_window
where claim_window.project_id = $1
order by claim_window.opened_at desc, claim_window.id desc
limit 1`

const ownClaimSQL = `
select claim.id::text, claim.window_id::text, claim.state, claim.why, claim.unscored,
	claim.submitted_at,
	exists (select from invite where invite.window_id = latest.id and invite.person_id = $2 and invite.state = 'waiting'),
	checked.window_id is not null,
	checked.answer_by,
	exists (select from claim named where named.window_id = latest.id and $2 in (named.with_person_id, named.coach_id)
		and named.state not in ('draft', 'withdrawn', 'void'))
from (select id from claim_window where project_id = $1 order by opened_at desc, id desc limit 1) latest
left join claim on claim.window_id = latest.id and claim.person_id = $2 and claim.state <> 'withdrawn'
left join pick checked on checked.window_id = latest.id and checked.asked_of = $2 and checked.state = 'waiting'`

// ProjectPage returns a project as one person sees it on a day, in one round trip.
func (db *Store) ProjectPage(ctx context.Context, id skein.ProjectID, who skein.PersonID, today skein.Date) (ProjectPage, error) {
	batch := &pgx.Batch{}
	read := newProjectRead(id)
	read.queue(batch, today)
	read.page.queueOwn(batch, id, who)
	read.page.queueDecisions(batch, id, who, today)
	read.page.Deciding.queue(batch, id, who, today)
	if err := db.pool.SendBatch(ctx, batch).Close(); err != nil {
		return read.page, core.Translate(err)
	}
	return read.whole()
}

// ProjectAsked returns a project as one person sees it, what it asks, and what is known of the person
// in every skill, in one round trip. Projects and people of the asking are ignored.
func (db *Store) ProjectAsked(ctx context.Context, id skein.ProjectID, who skein.PersonID, today skein.Date, ask comparison.Asking) (
	page ProjectPage, asked, known comparison.Sides, err error,
) {
	batch := &pgx.Batch{}
	factsdb.PlanOnce(batch)
	read := newProjectRead(id)
	read.queue(batch, today)
	read.page.queueOwn(batch, id, who)
	read.page.queueDecisions(batch, id, who, today)
	read.page.Deciding.queue(batch, id, who, today)
	var questions, mine factsdb.Comparing
	ask.Projects = []skein.ProjectID{id}
	questions.QueueQuestions(batch, ask, pgx.NamedArgs{
		"projects": core.Texts(ask.Projects), "practices": core.Texts(ask.Practices), "day": ask.AsOf, "then": ask.Then,
	})
	mine.QueueKnown(batch, who, ask.AsOf)
	if err := db.pool.SendBatch(ctx, batch).Close(); err != nil {
		return page, asked, known, core.Translate(err)
	}
	if page, err = read.whole(); err != nil {
		return page, asked, known, err
	}
	known, err = mine.Known(who, ask.AsOf)
	return page, questions.Comparison(ask), known, err
}

// projectRead is a project's page while it is read.
type projectRead struct {
	page  ProjectPage
	heads []projectHead
	today skein.Date
}

func newProjectRead(id skein.ProjectID) *projectRead {
	r := &projectRead{page: ProjectPage{SkillNames: map[skein.SkillID]string{}}}
	r.page.Project.ID = id
	return r
}

func (r *projectRead) queue(batch *pgx.Batch, today skein.Date) {
	r.today = today
	args := pgx.NamedArgs{"project": r.page.Project.ID, "today": today}
	core.Collect(batch, &r.heads, projectHeadSQL, args)
	core.Collect(batch, &r.page.Stewards, projectStewardsSQL, args)
	queueProposal(batch, &r.page.Proposal, false)
	core.Collect(batch, &r.page.FurtherNamed, furtherNamedSQL, r.page.Project.ID)
	r.page.queueAround(batch, r.page.Project.ID, today)
}

// whole puts together what was read.
func (r *projectRead) whole() (ProjectPage, error) {
	p := r.page
	if len(r.heads) == 0 {
		return p, skein.ErrNotFound
	}
	p.Week.whole()
	h := r.heads[0]
	p.Project, p.PriorityTitle, p.ProposerName = h.Project, h.PriorityTitle, h.ProposerName
	p.EndedAt, p.EndReason, p.Owner, p.OwnerName, p.Confirms = h.EndedAt, h.EndReason, h.Owner, h.OwnerName, h.Confirms
	if s := p.StandIn; s != nil && s.Stands(r.today) {
		p.Owner, p.OwnerName = s.Person, s.Name
	}
	for _, n := range p.NeedsShown {
		p.Needs = append(p.Needs, n.Need)
	}
	return p, nil
}

// queueAround queues what stands around a project: circles, needs, people, terms, the window.
func (p *ProjectPage) queueAround(batch *pgx.Batch, id skein.ProjectID, today skein.Date) {
	batch.Queue(projectCirclesSQL, id).Query(func(rows pgx.Rows) error {
		var c skein.Circle
		var depth int
		_, err := pgx.ForEachRow(rows, []any{&c.ID, &c.Name, &depth}, func() error {
			p.Circles = append(p.Circles, c)
			return nil
		})
		return err
	})
	core.Collect(batch, &p.NeedsShown, needsShownSQL, pgx.NamedArgs{"project": id})
	core.Collect(batch, &p.Members, `
		select person.id, person.name, member.brings
		from member
		join person on person.id = member.person_id
		where member.project_id = $1 and member.left_at is null
		order by member.joined_at, person.id`, id)
	core.Collect(batch, &p.Terms, projectTermsSQL, id)
	core.CollectFirst(batch, &p.StandIn, projectStandInSQL, id)
	core.Collect(batch, &p.Stood, stoodSQL, id)
	p.Week.queue(batch, id)
	core.Collect(batch, &p.Links, linksSQL, pgx.NamedArgs{"project": id})
	core.Collect(batch, &p.Steps, stepsShownSQL, pgx.NamedArgs{"project": id})
	core.Collect(batch, &p.Questions, questionsSQL, id)
	p.queueHandover(batch, id, today)
	p.Changed.queue(batch, id)
	core.CollectFirst(batch, &p.Window, projectWindowSQL, id)
	core.CollectPairs(batch, p.SkillNames, `
		select skill.id, skill.name
		from skill
		join requirement on requirement.skill_id = skill.id
		join phase on phase.id = requirement.phase_id and phase.ended_at is null
		where phase.project_id = $1`, id)
}

// queueOwn queues what is the viewer's alone: their claim, and whether they are invited, or named by somebody. Others'
// claims are never read here.
func (p *ProjectPage) queueOwn(batch *pgx.Batch, id skein.ProjectID, who skein.PersonID) {
	core.Collect(batch, &p.Outcomes, outcomeRowsSQL, pgx.NamedArgs{"project": id, "me": who})
	batch.Queue(ownClaimSQL, id, who).Query(func(rows pgx.Rows) error {
		var claim, window, state, why *string
		var unscored *bool
		var submitted time.Time
		var by *time.Time
		_, err := pgx.ForEachRow(rows, []any{&claim, &window, &state, &why, &unscored, &submitted, &p.Invited, &p.Checks, &by, &p.Named}, func() error {
			if by != nil {
				p.CheckBy = *by
			}
			if claim != nil {
				p.Claim = &skein.Claim{
					ID: skein.ClaimID(*claim), Window: skein.WindowID(*window), Project: id, Person: who,
					State: skein.ClaimState(*state), Why: *why, Unscored: *unscored, SubmittedAt: submitted,
				}
			}
			return nil
		})
		return err
	})
}
