package server

import (
	"net/http"
	"net/url"
	"time"

	doordb "skein/internal/postgres/door"
	"skein/internal/skein"
	"skein/internal/view"
	"skein/web/page"
	"skein/web/path"
)

// inviteMany makes a link for each of those chosen in the list, or for all whom it finds who have none yet. They are
// mailed; those who have no address, or where no mail goes out, are shown this once, to be printed.
func (s *server) inviteMany(w http.ResponseWriter, r *http.Request, f *form) error {
	v := viewer(r)
	asked := url.Values{"q": {f.Text("q")}, "show": {f.Text("show")}, "circle": {f.ID("circle")}}
	back := path.With(path.AdminPeople, asked)
	whom := doordb.Whom{Read: readMoment(f.Version())}
	for _, id := range f.IDs("person") {
		whom.People = append(whom.People, skein.PersonID(id))
	}
	if f.Text("step") == "all" {
		q := accessQuery(v, asked)
		whom = doordb.Whom{All: &q}
	}
	tokens := map[skein.PersonID]string{}
	made, left, err := s.db.Door.InviteMany(r.Context(), v.By(), whom, func(id skein.PersonID) (hash []byte) {
		tokens[id], hash = NewToken()
		return hash
	})
	if err != nil {
		return err
	}
	if len(made) == 0 {
		return s.finish(w, r, nil, back, view.NobodyInvited(left))
	}
	if len(tokens) == 0 {
		return s.finish(w, r, nil, back, view.Mailed(made, left))
	}
	d := view.Links(v, made, left, func(id skein.PersonID) string { return s.link(tokens[id]) })
	d.Back = back
	w.Header().Set("Referrer-Policy", "no-referrer")
	return s.render(w, r, http.StatusOK, page.ShowLinks(s.frame(r, d.Title, path.AdminPeople), d))
}

// readMoment is when the list was shown; zero where it does not say.
func readMoment(said string) time.Time {
	at, _ := time.Parse(time.RFC3339Nano, said) // what no page of ours sends counts as long ago
	return at
}
