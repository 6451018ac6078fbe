package leaddb

import (
	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// savePhase keeps what a led project is like now: in the same stretch, or in the next, which asks for what the last did.
func savePhase(b *pgx.Batch, was, ph skein.Phase) {
	if was.ID == ph.ID {
		saveLike(b, ph)
		return
	}
	b.Queue(`update phase set ended_at = $2 where id = $1`, was.ID, ph.SaidAt)
	b.Queue(newPhaseSQL, ph.ID, ph.Project, ph.Number, ph.SaidAt)
	saveLike(b, ph)
	saveRequirements(b, ph)
}

// saveLike keeps what a stretch of a project is like, and who said so.
func saveLike(b *pgx.Batch, ph skein.Phase) {
	s := ph.Situation
	b.Queue(`
		update phase
		set name = $2, uncertainty = nullif($3, ''), stakes = nullif($4, 0), urgency = nullif($5, 0),
			expertise = nullif($6, 0), commitment = nullif($7, 0), reach = nullif($8, 0), readiness = nullif($9, 0),
			stated_at = $10, said_by = nullif($11, ''), why = $12
		where id = $1`,
		ph.ID, ph.Name, string(s.Uncertainty), s.Stakes, s.Urgency, s.Expertise, s.Commitment, s.Reach, s.Readiness,
		ph.SaidAt, ph.SaidBy, ph.Why)
}

// saveSplit makes a draft of the other of two.
func saveSplit(b *pgx.Batch, by skein.By, p skein.Proposal) {
	b.Queue(newProjectSQL, p.Project.ID, p.Project.Title, p.Project.ProposedBy, by.At, nil)
	// one that is not on the list any more stays, as in what it was made from
	b.Queue(`update project set priority_id = $2 where id = $1`, p.Project.ID, core.Nullable(p.Project.Priority))
	b.Queue(newPhaseSQL, p.Phase.ID, p.Project.ID, 1, by.At)
	saveProposal(b, by, &p)
	for i, n := range p.Needs {
		n.Project = p.Project.ID
		saveNeed(b, n, i)
	}
}
