package demo

import (
	"context"
	"slices"

	"skein/internal/chooser"
	"skein/internal/lead"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
)

// remit has Hana ask for another hour a week for Bill on a Page, and to decide alone what she asks others about: Maeve,
// who answers for its priority, has not answered yet.
func (s seed) remit(ctx context.Context) error {
	hana := skein.NewBy("hana-viteri", s.at(-2, 11, 20), s.now.Location())
	return s.db.Lead.UpdateLead(ctx, hana, "bill-on-a-page", func(l *lead.Lead) error {
		to := l.RemitTerms()
		to.Rows = slices.Clone(to.Rows)
		for i := range to.Rows {
			if to.Rows[i].Level == skein.AfterAdvice {
				to.Rows[i].Level, to.Rows[i].WithWhom = skein.DecideAlone, ""
			}
		}
		hours := *to.Hours + 1
		to.Hours = &hours
		return l.ProposeRemit(hana, to, "The testers ask about numbers every week, and waiting for an answer costs us a round each time.", "")
	}, leaddb.WithProposal(), leaddb.Judging(chooser.New(s.db).Judge()))
}
