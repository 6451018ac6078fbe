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

// leadOf is lead for the project that something belongs to.
func (s *server) leadOf(r *http.Request, find func() (skein.ProjectID, error), do func(*lead.Lead) error, with ...leaddb.With) error {
	id, err := find()
	if err != nil {
		return err
	}
	return s.lead(r, id, do, with...)
}

// projectOfClaim is the project of the claim in a request's address.
func (s *server) projectOfClaim(r *http.Request) func() (skein.ProjectID, error) {
	return func() (skein.ProjectID, error) { return s.db.Lead.ProjectOfClaim(r.Context(), claimOf(r)) }
}

// claimsClosed tells whether a claim is the whole lead's to change, because claims do not gather.
func claimsClosed(err error) bool { return errors.Is(err, lead.ErrClosed) }
