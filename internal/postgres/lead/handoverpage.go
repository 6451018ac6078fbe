package leaddb

import (
	"github.com/jackc/pgx/v5"

	"skein/internal/lead"
	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// HandoverRow is the note of a lead that is or was handed on, with the names that its page says.
type HandoverRow struct {
	skein.Handover

	Giver      skein.PersonID // whose lead it is
	GiverName  string
	Taker      skein.PersonID // who takes over, or took over; "": nobody is to say it back yet
	TakerName  string
	Moved      bool // the lead has moved
	WriterName string
	SignedName string
	Words      int // how often it was said in that lead how it stands
	Answers    int // how many questions the giver answered
}

var handoverShownSQL = `
select` + handoverColumns + `,
	giver.id as giver,
	giver.name as giver_name,
	coalesce(taker.id, '') as taker,
	coalesce(taker.name, '') as taker_name,
	coalesce(next.state in ` + core.TermBegun + `, false) as moved,
	coalesce(writer.name, '') as writer_name,
	coalesce(signer.name, '') as signed_name,
	(select count(*) from week_word where week_word.term_id = handover.term_id)::int as words,
	(select count(*) from question where question.project_id = handover.project_id and question.answered_by = giver.id)::int as answers
from handover
join term on term.id = handover.term_id
join person giver on giver.id = term.person_id
left join term next on next.id = handover.next_id
left join person taker on taker.id = next.person_id
left join person writer on writer.id = handover.writer_id
left join person signer on signer.id = handover.signed_by
where handover.project_id = @project and handover.state <> 'void'
order by handover.id desc
limit 1`

// takenBackSQL is the note that was written last for the lead that is handed on, and was void when that was taken back.
var takenBackSQL = `
select` + handoverColumns + `
from handover
join term on term.id = handover.term_id and term.state in ` + core.TermHolds + `
where handover.project_id = @project and handover.state = 'void' and handover.writer_id is not null
order by handover.id desc
limit 1`

// leadAwaySQL tells whether whoever leads is on a leave for which Skein sees to it.
var leadAwaySQL = `
select exists (
	select from term
	join person on person.id = term.person_id
	where term.project_id = @project and term.role = 'primary' and term.state in ` + core.TermHolds + ` and ` + OnLongLeave("person.id", "@day") + `
)`

// queueHandover queues the note of the lead that is handed on, and whether a steward acts in its place.
func (p *ProjectPage) queueHandover(batch *pgx.Batch, id skein.ProjectID, today skein.Date) {
	args := pgx.NamedArgs{"project": id, "day": today}
	core.CollectFirst(batch, &p.Handover, handoverShownSQL, args)
	core.CollectFirst(batch, &p.TakenBack, takenBackSQL, args)
	batch.Queue(leadAwaySQL, args).QueryRow(func(row pgx.Row) error { return row.Scan(&p.LeadAway) })
}

// handoverPart are the notes of leads that are handed on.
var handoverPart = part{
	rows: list(func(l *lead.Lead) *[]skein.Handover { return &l.Handovers },
		`select`+handoverColumns+` from handover where handover.project_id = @project order by handover.id for update`,
		func(h skein.Handover) skein.HandoverID { return h.ID }, saveHandover),
	due: map[lead.Clock]string{
		lead.ClockNote: earliest("handover", "id", "due", "<= @now", `state = 'draft'`),
		lead.ClockSaid: earliest("handover", "id", "due", "<= @now", `state = 'written'`),
		lead.ClockSign: earliest("handover", "id", "due", "<= @now", `state = 'said_back'`),
	},
	ahead: map[lead.Clock]string{
		lead.ClockNote: `select due, project_id from handover where state = 'draft'`,
		lead.ClockSaid: `select due, project_id from handover where state = 'written'`,
		lead.ClockSign: `select due, project_id from handover where state = 'said_back'`,
	},
}
