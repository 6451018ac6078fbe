package server

import (
	"errors"
	"net/http"

	"skein/internal/lead"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
)

// lead runs a verb of the viewer's on the life of a project's lead.
func (s *server) lead(r *http.Request, id skein.ProjectID, do func(*lead.Lead) error, with ...leaddb.With) error {
	return s.db.Lead.UpdateLead(r.Context(), viewer(r).By(), id, do, append(with, leaddb.Judging(s.chooser.Judge()))...)
}

// claimsClosed tells whether a claim is the whole lead's to change, because claims do not gather.
func claimsClosed(err error) bool { return errors.Is(err, lead.ErrClosed) }
