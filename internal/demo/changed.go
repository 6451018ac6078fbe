package demo

import (
	"context"

	"skein/internal/lead"
	"skein/internal/skein"
)

// changed is a lead that became something else: spills are to be shown within hours now, and a mistake there is hard to
// undo. Abel, who leads it, keeps it; Mirren, the steward, has not said anything yet.
func (s seed) changed(ctx context.Context) error {
	// What leads of the files were chosen for is what the files say of it.
	if _, err := s.tx.Exec(ctx, `
		update term
		set chosen_how = 'began', chosen_for = jsonb_strip_nulls(jsonb_build_object(
			'uncertainty', phase.uncertainty, 'stakes', phase.stakes, 'urgency', phase.urgency, 'expertise', phase.expertise,
			'commitment', phase.commitment, 'reach', phase.reach, 'readiness', phase.readiness
		))
		from phase
		where phase.project_id = term.project_id and phase.ended_at is null and term.role = 'primary' and lower(term.during) is not null and term.ended_at is null`); err != nil {
		return err
	}
	abel := skein.NewBy("abel-thornby", s.at(-3, 10, 20), s.now.Location())
	if err := s.db.Lead.UpdateLead(ctx, abel, "storm-overflow-map", func(l *lead.Lead) error {
		to := l.Phase.Situation
		to.Stakes, to.Urgency = 4, 5
		return l.Restate(abel, l.Phase.Version(), skein.Restatement{
			Situation: to, Why: "Bathers were told a day late, and the river board asks for every spill within the hour.",
		})
	}); err != nil {
		return err
	}
	abel = skein.NewBy("abel-thornby", s.at(-2, 8, 45), s.now.Location())
	return s.db.Lead.UpdateLead(ctx, abel, "storm-overflow-map", func(l *lead.Lead) error {
		return l.AnswerReconsider(abel, l.Phase.Version(), skein.AnswerKeep, "")
	})
}
