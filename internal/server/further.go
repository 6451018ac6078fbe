package server

import (
	"context"

	"skein/internal/skein"
	"skein/internal/view"
)

// takeFurther reads which circles must move with a project of own. A form that does not ask leaves them as they were.
func (s *server) takeFurther(ctx context.Context, f *form, own skein.CircleID, was []skein.CircleID) ([]skein.CircleID, error) {
	if !f.Has("teams") {
		return was, nil
	}
	circles, err := s.db.Lead.CirclesByName(ctx)
	if err != nil {
		return nil, err
	}
	further, wrong := view.FurtherNamed(partedBy(f.Text("teams"), ";\n"), own, circles)
	f.Bad.Add(wrong != "", "teams", wrong)
	return further, nil
}
