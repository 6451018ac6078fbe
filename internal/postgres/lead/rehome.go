package leaddb

import (
	"context"

	"github.com/jackc/pgx/v5"

	"skein/internal/lead"
	"skein/internal/skein"
)

// Rehome brings a project that claims are sent for to where its circle goes, within the transaction that
// moves or closes that circle: see lead.Rehome. To says where a project of some circle goes; nil: it
// stays in its own, which lies elsewhere now. What the stakes demand of the trust that claims begin again with, judge says.
func Rehome(
	ctx context.Context, tx pgx.Tx, by skein.By, judge Judge, project skein.ProjectID, to func(skein.CircleID) skein.CircleID,
) ([]skein.Event, error) {
	return UpdateWithin(ctx, tx, by, project, func(l *lead.Lead) error {
		circle := l.Project.Circle
		if to != nil {
			circle = to(circle)
		}
		return l.Rehome(by, circle)
	}, WithProposal(), Judging(judge))
}
