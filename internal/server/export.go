package server

import (
	"archive/zip"
	"context"
	"encoding/csv"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"skein/internal/exchange"
	"skein/internal/folder"
	"skein/internal/intake"
)

// exportRows sends the rows of an intake that cannot come in, each with why.
func (s *server) exportRows(w http.ResponseWriter, r *http.Request) error {
	in, err := s.db.Bulk.Intake(r.Context(), param(r, "id"), s.Now())
	if err != nil {
		return err
	}
	found := intake.AnswerOf(in)
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="skein-rows-that-cannot-come-in.csv"`)
	out := csv.NewWriter(w)
	_ = out.Write([]string{"file", "row", "column", "value", "why"}) // Flush says what failed
	for _, row := range append(found.Whole, found.Refused...) {
		line := ""
		if row.Line > 0 {
			line = strconv.Itoa(row.Line)
		}
		_ = out.Write(harmless(row.Called, line, row.Column, row.Value, row.Why))
	}
	out.Flush()
	return nil // the browser may have gone
}

// export sends everything that the files can hold, as `skein export` writes it, in a zip. It is written to the disk
// first: a slow browser then keeps no moment of the database, and what fails is told by a page.
func (s *server) export(w http.ResponseWriter, r *http.Request) error {
	v, book := viewer(r), r.URL.Query().Get("as") == "xlsx"
	name, kind := "skein-"+v.Now.Format(time.DateOnly)+".zip", "application/zip"
	if book {
		name, kind = strings.TrimSuffix(name, ".zip")+".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	}
	about := func() {
		w.Header().Set("Content-Type", kind)
		w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	}
	if r.Method == http.MethodHead {
		about()
		return nil // nobody takes a copy by asking what it would be
	}
	dir, err := os.MkdirTemp("", "skein-export-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	files, err := s.writeExport(r.Context(), dir, book)
	if err != nil {
		return err
	}
	if err := s.db.Bulk.NoteExport(r.Context(), v.By(), files); err != nil {
		return err
	}
	about()
	_ = http.NewResponseController(w).SetWriteDeadline(time.Time{}) // a slow line takes long; not every writer can
	send := func() error { return zipped(w, dir, files, v.Now) }
	if book {
		send = func() error { return copied(w, filepath.Join(dir, exchange.WorkbookFile)) }
	}
	if err := send(); err != nil {
		s.Log.ErrorContext(r.Context(), "an export broke off", "request", requestID(r.Context()), "error", err)
		panic(http.ErrAbortHandler)
	}
	return nil
}

func (s *server) writeExport(ctx context.Context, dir string, book bool) (files []folder.File, err error) {
	write := exchange.Write
	if book {
		write = exchange.WriteWorkbook
	}
	err = s.db.Bulk.Export(ctx, func(f *folder.Folder) (err error) {
		files, err = write(dir, f)
		return err
	})
	return files, err
}

// zipped packs files of a folder while they are sent.
func zipped(w io.Writer, dir string, files []folder.File, at time.Time) error {
	packed := zip.NewWriter(w)
	for _, f := range files {
		into, err := packed.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate, Modified: at})
		if err != nil {
			return err
		}
		if err := copied(into, filepath.Join(dir, f.Name)); err != nil {
			return err
		}
	}
	return packed.Close()
}

func copied(into io.Writer, name string) error {
	file, err := os.Open(name) //nolint:gosec // one that was just written
	if err != nil {
		return err
	}
	_, err = io.Copy(into, file)
	return errors.Join(err, file.Close())
}
