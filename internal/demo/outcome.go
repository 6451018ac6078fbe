package demo

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/lead"
	"skein/internal/skein"
)

// reviewed is a time in office that has ended, and who was there.
type reviewed struct {
	project string
	lead    string
	owner   string
	there   map[string]skein.OutcomePart
	said    []demoAnswer
}

type demoAnswer struct {
	person string
	text   skein.OutcomeText
	named  []skein.OutcomeNaming
}

// outcomes: how Bathing Signs went has closed, and left evidence and two lessons; of the Logger Trial, which ended three
// days ago, Ines, Marta, Petra and Dario are asked, and Rhona has answered.
func (s seed) outcomes(ctx context.Context) error {
	b := &pgx.Batch{}
	b.Queue(`update term set during = daterange(lower(during), $1, '[]') where project_id = 'logger-trial'`, s.day(-3))
	b.Queue(`update project set ended_at = $1 where id = 'logger-trial'`, s.at(-3, 16, 0))
	closed, open := bathingSigns(), loggerTrial()
	s.opens(b, closed, s.at(-48, 16, 0))
	s.opens(b, open, s.at(-3, 16, 0))
	b.Queue(`update term set during = daterange(lower(during), $1, '[]') where project_id = 'bathing-signs'`, s.day(-48))
	b.Queue(`update project set ended_at = $1 where id = 'bathing-signs'`, s.at(-48, 16, 0))
	if err := s.send(ctx, b); err != nil {
		return err
	}
	if err := s.answers(ctx, closed, s.at(-46, 10, 0)); err != nil {
		return err
	}
	return s.answers(ctx, open, s.at(-1, 10, 0))
}

// opens is what the end of a lead would have opened.
func (s seed) opens(b *pgx.Batch, r reviewed, at time.Time) {
	b.Queue(`
		insert into outcome (project_id, term_id, state, opened_at, due)
		select project_id, id, 'asking', $2, $2::timestamptz + interval '14 days'
		from term
		where project_id = $1 and role = 'primary'`, r.project, at)
	b.Queue(`
		insert into outcome_skill (outcome_id, skill_id, level, place)
		select outcome.id, requirement.skill_id, requirement.level, requirement.place
		from outcome
		join phase on phase.project_id = outcome.project_id
		join requirement on requirement.phase_id = phase.id and not requirement.struck
		where outcome.project_id = $1`, r.project)
	asked := func(person string, part skein.OutcomePart) {
		b.Queue(`
			insert into outcome_answer (outcome_id, person_id, part, owner)
			select id, $2, $3, $4 from outcome where project_id = $1`, r.project, person, part, person == r.owner)
	}
	asked(r.lead, skein.PartLead)
	asked(r.owner, skein.PartOwner)
	for person, part := range r.there {
		asked(person, part)
	}
}

// answers are sent as anybody sends theirs, some hours apart. Who reads them now has seen what they were told of it.
func (s seed) answers(ctx context.Context, r reviewed, at time.Time) error {
	for i, a := range r.said {
		by := skein.NewBy(skein.PersonID(a.person), at.Add(time.Duration(i)*3*time.Hour), s.now.Location())
		err := s.db.Lead.UpdateLead(ctx, by, skein.ProjectID(r.project), func(l *lead.Lead) error {
			return l.AnswerOutcome(by, l.Outcomes.Reviews[0].ID, a.text, a.named)
		})
		if err != nil {
			return err
		}
	}
	b := &pgx.Batch{}
	b.Queue(`update notice set seen_at = made_at where kind = 'outcome' and code = 'result'`)
	return s.send(ctx, b)
}

func bathingSigns() reviewed {
	return reviewed{
		project: "bathing-signs", lead: "cerys-hallam", owner: "mirren-tait",
		there: map[string]skein.OutcomePart{
			"linnea-marsh": skein.PartMember, "finlay-rusk": skein.PartMember, "thea-lombard": skein.PartShadow,
		},
		said: []demoAnswer{
			{person: "cerys-hallam", text: skein.OutcomeText{
				Result: skein.Reached, Led: "I asked too late who paints.", Again: "Ask the swimmers first what they want to know. Not: five signs in one week.", Named: true, Library: true,
			}},
			{person: "linnea-marsh", text: skein.OutcomeText{
				Result: skein.Reached, Led: "Cerys read each sign aloud to somebody who swims there.", Again: "Put up one sign, wait two weeks, then make the others.", Named: true, Library: true,
			}},
			{
				person: "finlay-rusk", text: skein.OutcomeText{Result: skein.Partly, Led: "We knew each Monday what was left."},
				named: []skein.OutcomeNaming{{Person: "linnea-marsh", Skill: "plain-writing"}},
			},
			{
				person: "thea-lombard", text: skein.OutcomeText{Result: skein.Reached, Led: "She said no to the sixth sign."},
				named: []skein.OutcomeNaming{{Person: "linnea-marsh", Skill: "plain-writing"}},
			},
			{person: "mirren-tait", text: skein.OutcomeText{Result: skein.Reached}},
		},
	}
}

func loggerTrial() reviewed {
	return reviewed{
		project: "logger-trial", lead: "petra-lind", owner: "marta-oyelaran",
		there: map[string]skein.OutcomePart{
			"ines-calder": skein.PartShadow, "dario-venn": skein.PartMember, "rhona-keel": skein.PartMember,
		},
		said: []demoAnswer{{person: "rhona-keel", text: skein.OutcomeText{
			Result: skein.Partly, Led: "Petra showed us the numbers while they were still ugly.", Again: "Change the batteries before the frost, not in it.", Named: true, Library: true,
		}}},
	}
}
