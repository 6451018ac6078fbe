package server

import (
	"context"

	"skein/internal/skein"
	"skein/internal/view"
	"skein/web/page"
)

// takeFurther reads which circles must move with a project. A form that does not ask leaves them as they are.
func (s *server) takeFurther(ctx context.Context, f *form, d page.ProposalForm, p *skein.Proposal) error {
	if !f.Has("teams") {
		return nil
	}
	circles, err := s.db.Lead.CirclesByName(ctx)
	if err != nil {
		return err
	}
	var wrong string
	p.Further, wrong = view.FurtherNamed(partedBy(d.Further, ";\n"), p.Project.Circle, circles)
	f.Bad.Add(wrong != "", "teams", wrong)
	return nil
}
