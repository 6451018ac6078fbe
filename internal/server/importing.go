package server

import (
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"strconv"
	"time"

	"github.com/go-chi/chi/v5"

	"skein/internal/intake"
	bulkdb "skein/internal/postgres/bulk"
	"skein/internal/skein"
	"skein/internal/view"
	"skein/web/page"
	"skein/web/path"
)

// importRoutes are where administrators bring files in.
func (s *server) importRoutes(r chi.Router) {
	r.Get(path.Import, s.handle(s.showImport))
	r.Get(pattern(path.ImportOf("{id}")), s.handle(s.showTrial))
	r.Get(pattern(path.ImportRows("{id}")), s.handle(s.exportRows))
	r.Post(pattern(path.ReadImport("{id}")), s.posted(s.readImport))
	r.Post(pattern(path.MendImport("{id}")), s.posted(s.mendImport))
	r.Post(pattern(path.LoadImport("{id}")), s.posted(s.loadImport))
	r.Post(pattern(path.PutAwayImport("{id}")), s.posted(s.putAwayImport))
}

func (s *server) showImport(w http.ResponseWriter, r *http.Request) error {
	return s.renderImport(w, r, http.StatusOK, "")
}

func (s *server) renderImport(w http.ResponseWriter, r *http.Request, status int, refused string) error {
	there, err := s.db.Bulk.Intakes(r.Context(), s.Now())
	if err != nil {
		return err
	}
	d := view.ImportStart(viewer(r), there, refused)
	return s.render(w, r, status, page.ShowImport(s.frame(r, "Import", path.Import), d))
}

// How long files may take to arrive, and the most bytes of one request.
const (
	handInTime = 15 * time.Minute
	mostHanded = intake.MaxUnfolded + 10<<20
)

// handIn takes files, one after the other as they arrive, so that no more than one is in memory.
func (s *server) handIn(w http.ResponseWriter, r *http.Request) error {
	lasting := http.NewResponseController(w) // not every writer can
	_ = lasting.SetReadDeadline(time.Now().Add(handInTime))
	_ = lasting.SetWriteDeadline(time.Now().Add(handInTime))
	hand, err := s.Intake.Hand()
	if err != nil {
		return err
	}
	defer hand.Close()
	err = s.receive(w, r, hand)
	var id string
	if err == nil {
		id, err = hand.Done(r.Context(), viewer(r).Person.ID)
	}
	var refused intake.Refused
	switch {
	case errors.As(err, &refused):
		return s.renderImport(w, r, http.StatusUnprocessableEntity, refused.Error())
	case err != nil:
		return err
	}
	s.soon(r.Context(), id)
	return s.done(w, r, path.ImportOf(id))
}

// receive reads the files of a form.
func (s *server) receive(w http.ResponseWriter, r *http.Request, hand *intake.Handing) error {
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind != "multipart/form-data" {
		return intake.Refused("Choose a file first.")
	}
	r.Body = http.MaxBytesReader(w, r.Body, mostHanded)
	parts, err := r.MultipartReader()
	if err != nil {
		return badRequest{"The form could not be read. Go back and send it again."}
	}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return halfSent(err)
		}
		if part.FormName() != "file" || part.FileName() == "" {
			continue
		}
		content, err := io.ReadAll(io.LimitReader(part, intake.MaxFile+1))
		if err != nil {
			return halfSent(err)
		}
		if err := hand.Add(r.Context(), part.FileName(), content); err != nil {
			return err
		}
	}
}

// halfSent is said of files that did not arrive whole.
func halfSent(err error) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return intake.Refused("These are more than 200 MB at once. Bring them in several goes.")
	}
	return badRequest{"The files did not arrive whole. Hand them in again."}
}

// soonRows is how many rows are tried at once, while somebody waits for the page; more are tried beside it.
const (
	soonRows = 20_000
	soonTime = 4 * time.Second
)

// soon does what an intake wants where that is likely to be quick. What it does not get done is done by whoever runs
// beside the requests.
func (s *server) soon(ctx context.Context, id string) {
	ctx, cancel := context.WithTimeout(ctx, soonTime)
	defer cancel()
	in, err := s.db.Bulk.Intake(ctx, id, s.Now())
	rows := 0
	for _, part := range in.Parts {
		rows += intake.ChoicesOf(part).Rows
	}
	for did := false; err == nil && rows <= soonRows && !did && in.Wants != bulkdb.WantsNothing; {
		if did, err = s.Intake.Next(ctx, id); err == nil && !did { // somebody else is at it, or it waits
			select {
			case <-ctx.Done():
			case <-time.After(100 * time.Millisecond):
			}
			in, err = s.db.Bulk.Intake(ctx, id, s.Now())
		}
	}
	if err != nil && ctx.Err() == nil {
		s.Log.WarnContext(ctx, "an intake is left to whoever runs beside the requests", "error", err)
	}
}

func (s *server) showTrial(w http.ResponseWriter, r *http.Request) error {
	return s.renderTrial(w, r, http.StatusOK, param(r, "id"), "")
}

func (s *server) renderTrial(w http.ResponseWriter, r *http.Request, status int, id, wrong string) error {
	in, err := s.db.Bulk.Intake(r.Context(), id, s.Now())
	if errors.Is(err, skein.ErrNotFound) {
		return s.renderImport(w, r, http.StatusNotFound, "That is not here any more: files are kept for a day, and until somebody puts them away. Hand them in again.")
	}
	if err != nil {
		return err
	}
	d := view.ImportTrial(viewer(r), in, wrong)
	f := s.frame(r, d.Title, path.Import)
	if d.Running {
		f.Refresh = 2
	}
	return s.render(w, r, status, page.ShowTrial(f, d))
}

// readImport says what tables and columns are, and tries it so.
func (s *server) readImport(w http.ResponseWriter, r *http.Request, f *form) error {
	return s.changeImport(w, r, f, func(in *bulkdb.Intake) ([]bulkdb.Meaning, error) {
		if encoding := f.Text("encoding"); encoding != in.Encoding {
			if err := s.Intake.LookAgain(r.Context(), in, encoding); err != nil {
				return nil, err
			}
		}
		var kept []bulkdb.Meaning
		for n := range in.Parts {
			part, at := &in.Parts[n], "."+strconv.Itoa(n)
			if kind := f.Text("kind" + at); kind != part.File {
				if err := s.Intake.TakeFor(r.Context(), part, kind); err != nil {
					return nil, err
				}
				continue // its columns were those of another kind
			}
			kept = append(kept, chosen(f, part, at)...)
		}
		return kept, nil
	})
}

// chosen takes what columns become from the form, and returns what is worth keeping of it.
func chosen(f *form, part *bulkdb.IntakePart, at string) (kept []bulkdb.Meaning) {
	c := intake.ChoicesOf(*part)
	for n, heading := range c.Headings {
		name := "column" + at + "." + strconv.Itoa(n)
		if heading == "" || !f.Has(name) {
			continue
		}
		c.Choose(part.File, heading, f.Text(name))
		kept = append(kept, bulkdb.Meaning{File: part.File, Heading: intake.HeadingKey(heading), Becomes: c.Columns[intake.HeadingKey(heading)]})
	}
	intake.Set(part, c)
	return kept
}

// mendImport has a value read as another, makes teams, says of two people that they are one or two, or reads files in another encoding, and tries it so.
func (s *server) mendImport(w http.ResponseWriter, r *http.Request, f *form) error {
	return s.changeImport(w, r, f, func(in *bulkdb.Intake) ([]bulkdb.Meaning, error) {
		switch {
		case f.Has("encoding"):
			return nil, s.Intake.LookAgain(r.Context(), in, f.Text("encoding"))
		case f.Has("is"):
			return nil, intake.Say(in, skein.PersonID(f.ID("who")), skein.PersonID(f.ID("there")), intake.Said(f.Text("is")))
		case f.Text("teams") == "all":
			intake.MakeAllTeams(in)
			return nil, nil
		}
		n, err := strconv.Atoi(f.Text("part"))
		if err != nil || n < 0 || n >= len(in.Parts) {
			return nil, badRequest{"Press one of the repairs on the page."}
		}
		if f.Has("row") {
			line, _ := strconv.Atoi(f.Text("row")) // no row has the line 0
			return nil, intake.LeaveEmpty(in, n, line, f.Text("column"), f.Exact("value"))
		}
		return nil, intake.Mend(&in.Parts[n], f.Text("column"), f.Exact("value"), f.Text("with"), f.Text("teams") == "one")
	})
}

// changeImport changes how an intake is read, and tries it so.
func (s *server) changeImport(w http.ResponseWriter, r *http.Request, f *form, change func(*bulkdb.Intake) ([]bulkdb.Meaning, error)) error {
	id := param(r, "id")
	version, _ := strconv.Atoi(f.Version()) // what is no version is an old one
	err := s.db.Bulk.ChangeIntake(r.Context(), id, version, s.Now(), change)
	var refused intake.Refused
	var conflict skein.Conflict
	switch {
	case errors.Is(err, skein.ErrStale):
		return s.renderTrial(w, r, http.StatusUnprocessableEntity, id, "Somebody else changed how it is read meanwhile. This is how it stands now; send yours again to put it in its place.")
	case errors.Is(err, skein.ErrNotFound), errors.Is(err, intake.ErrOver):
		return s.renderTrial(w, r, http.StatusNotFound, id, "")
	case errors.As(err, &refused):
		return s.renderTrial(w, r, http.StatusUnprocessableEntity, id, refused.Error())
	case errors.As(err, &conflict):
		return s.renderTrial(w, r, http.StatusConflict, id, conflict.Why)
	case err != nil:
		return err
	}
	s.soon(r.Context(), id)
	return s.done(w, r, path.ImportOf(id))
}

// loadImport brings an intake in as it was tried.
func (s *server) loadImport(w http.ResponseWriter, r *http.Request, f *form) error {
	id := param(r, "id")
	version, _ := strconv.Atoi(f.Version()) // as above
	if in, err := s.db.Bulk.Intake(r.Context(), id, s.Now()); err == nil && in.Answer != "" && !in.Loaded() && !intake.AnswerOf(in).May() {
		return s.renderTrial(w, r, http.StatusConflict, id, "There is nothing in it that can come in.")
	}
	err := s.db.Bulk.WantLoad(r.Context(), viewer(r).Person.ID, id, version, s.Now())
	var conflict skein.Conflict
	switch {
	case errors.Is(err, skein.ErrStale):
		return s.renderTrial(w, r, http.StatusUnprocessableEntity, id, "Somebody else changed how it is read meanwhile, so nothing was brought in. This is how it stands now.")
	case errors.Is(err, skein.ErrNotFound):
		return s.renderTrial(w, r, http.StatusNotFound, id, "")
	case errors.As(err, &conflict):
		return s.renderTrial(w, r, http.StatusConflict, id, conflict.Why)
	case err != nil:
		return err
	}
	s.soon(r.Context(), id)
	return s.done(w, r, path.ImportOf(id))
}

func (s *server) putAwayImport(w http.ResponseWriter, r *http.Request, _ *form) error {
	err := s.db.Bulk.PutAway(r.Context(), param(r, "id"))
	if errors.Is(err, skein.ErrNotFound) {
		err = nil // no id at all is gone as well
	}
	return s.finish(w, r, err, path.Import, "It is put away.")
}
