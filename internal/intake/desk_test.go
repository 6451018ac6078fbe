package intake_test

import (
	"archive/zip"
	"bytes"
	"log/slog"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"skein/internal/chooser"
	"skein/internal/intake"
	"skein/internal/postgres"
	bulkdb "skein/internal/postgres/bulk"
	"skein/internal/postgres/pgtest"
)

// desk is where an administrator hands files in: an organisation with the team Leaks, its administrator Owen, and Ann.
type desk struct {
	*testing.T
	pool *pgxpool.Pool
	db   *postgres.DB
	in   *intake.Intake
	now  time.Time
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{T: t, pool: pgtest.New(t), now: time.Date(2026, 7, 1, 9, 0, 0, 0, time.UTC)}
	d.db = postgres.New(d.pool)
	d.in = &intake.Intake{DB: d.db, Chooser: chooser.New(d.db), Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return d.now }}
	pgtest.Put(t, d.pool,
		`insert into circle (id, name) values ('leaks', 'Leaks')`,
		`insert into person (id, name, email) values ('owen', 'Owen Tay', 'owen@water.example'), ('ann', 'Ann Lee', 'ann@water.example')`,
		`insert into account (person_id, email, made_at) values ('owen', 'owen@water.example', '2026-01-01')`,
		`insert into hat (person_id, kind, given_at) values ('owen', 'administrator', '2026-01-01')`)
	return d
}

type file struct{ name, content string }

// refused hands files in, and returns why they are not taken; "": they are.
func (d *desk) refused(files ...file) (id, why string) {
	d.Helper()
	hand, err := d.in.Hand()
	if err != nil {
		d.Fatal(err)
	}
	defer hand.Close()
	for _, f := range files {
		if err := hand.Add(d.Context(), f.name, []byte(f.content)); err != nil {
			return "", d.sentence(err)
		}
	}
	id, err = hand.Done(d.Context(), "owen")
	if err != nil {
		return "", d.sentence(err)
	}
	return id, ""
}

// sentence is what a refusal says; another error is a fault.
func (d *desk) sentence(err error) string {
	d.Helper()
	refused, is := err.(intake.Refused) //nolint:errorlint // it comes as it is
	if !is {
		d.Fatalf("not refused but broken: %v", err)
	}
	return refused.Error()
}

// tried hands files in, tries them, and returns what was found.
func (d *desk) tried(files ...file) (string, intake.Answer) {
	d.Helper()
	id, why := d.refused(files...)
	if why != "" {
		d.Fatal(why)
	}
	return id, d.next(id)
}

// next does what an intake wants, and returns what was found.
func (d *desk) next(id string) intake.Answer {
	d.Helper()
	if did, err := d.in.Next(d.Context(), id); !did || err != nil {
		d.Fatal(did, err)
	}
	return intake.AnswerOf(d.at(id))
}

func (d *desk) at(id string) bulkdb.Intake {
	d.Helper()
	in, err := d.db.Bulk.Intake(d.Context(), id, d.now)
	if err != nil {
		d.Fatal(err)
	}
	return in
}

// change changes how an intake is read, and tries it so.
func (d *desk) change(id string, change func(*bulkdb.Intake) error) intake.Answer {
	d.Helper()
	if err := d.db.Bulk.ChangeIntake(d.Context(), id, d.at(id).Version, d.now, func(in *bulkdb.Intake) ([]bulkdb.Meaning, error) {
		return nil, change(in)
	}); err != nil {
		d.Fatal(err)
	}
	return d.next(id)
}

// load brings an intake in.
func (d *desk) load(id string) bulkdb.Intake {
	d.Helper()
	if err := d.db.Bulk.WantLoad(d.Context(), "owen", id, d.at(id).Version, d.now); err != nil {
		d.Fatal(err)
	}
	d.next(id)
	return d.at(id)
}

func (d *desk) names(sql string) []string { d.Helper(); return pgtest.Texts(d.T, d.pool, sql) }

const newPeople = `select id from person where id not in ('owen', 'ann') order by 1`

// lines are the lines that are left out, in order.
func lines(a intake.Answer) []int {
	var all []int
	for _, row := range a.Refused {
		if !slices.Contains(all, row.Line) {
			all = append(all, row.Line)
		}
	}
	return all
}

// zipOf is a zip of files; flags mark one as having a password.
func zipOf(t *testing.T, flags uint16, files ...file) string {
	t.Helper()
	var out bytes.Buffer
	packed := zip.NewWriter(&out)
	for _, f := range files {
		into, err := packed.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Deflate, Flags: flags})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := into.Write([]byte(f.content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := packed.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}
