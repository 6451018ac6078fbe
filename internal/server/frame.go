package server

import (
	"net/http"
	"strings"

	"skein/internal/skein"
	"skein/internal/view"
	"skein/web/page"
	"skein/web/path"
)

// frame is what every page is told besides its own data: its title, and the address of the
// navigation item that it stands under (from package path; "" for none).
func (s *server) frame(r *http.Request, title, at string) page.Frame {
	v := viewer(r)
	f := page.Frame{
		Title: title, At: at,
		Org: v.Org.Name, Circle: v.Org.CircleWord, Circles: v.Org.Circles(), Now: v.Now, Zone: v.Clock().Zone, Home: v.Org.Location(), Unread: v.Unread,
		Demo: v.Demo, SetupAway: v.Org.SetupAway, Restored: v.Org.Restored,
		Fragment: partial(r),
		Viewer: page.Viewer{
			ID: string(v.Person.ID), Name: v.Person.Name,
			Executive: v.Is(skein.Executive), Administrator: v.Is(skein.Administrator),
		},
	}
	if v.Now.IsZero() { // a problem before the viewer was known
		f.Now = s.Now()
	}
	if f.Demo && strings.HasPrefix(r.URL.Path, path.Projects+"/") && r.URL.Path != path.NewProject {
		f.Project = param(r, "id")
	}
	if v.SignedIn() {
		f.Wall, f.Ends = s.Now(), s.sessionEnds(r.Context())
		f.Ending = view.SessionEnds(v.ClockAt(f.Wall).Moment(f.Ends))
	}
	f.Notice, f.Undo = s.flash(r)
	return f
}
