package postgres

import (
	"context"
	"iter"

	"github.com/jackc/pgx/v5"

	"skein/internal/skein"
)

// evidenceColumns are the columns that evidence is copied with.
var evidenceColumns = []string{
	"person_id", "skill_id", "kind", "level", "observed_on", "expires_on", "given_by", "source", "attributes",
}

// evidence copies the rows into a table of this transaction and brings over, by its key, what is
// new or has another level.
func (i *importing) evidence(ctx context.Context) error {
	if i.folder.File("evidence.csv").Rows == 0 {
		return nil
	}
	_, err := i.tx.Exec(ctx, `
		create temp table import_evidence (
			person_id text, skill_id text, kind text, level smallint, observed_on date, expires_on date,
			given_by text, source text, attributes jsonb
		) on commit drop`)
	if err != nil {
		return err
	}
	source := newEvidenceSource(i.folder.Evidence, i.options.Told)
	defer source.stop()
	rows, err := i.tx.CopyFrom(ctx, pgx.Identifier{"import_evidence"}, evidenceColumns, source)
	if err != nil {
		return err
	}
	added, changed := 0, 0
	err = i.tx.QueryRow(ctx, `
		with brought as (
			insert into evidence as old (person_id, skill_id, kind, level, observed_on, expires_on, given_by, source, attributes)
			select person_id, skill_id, kind, level, observed_on, expires_on, given_by, source, attributes
			from import_evidence
			on conflict on constraint evidence_key do update
			set level = excluded.level,
				attributes = (old.attributes - coalesce($1::text[], '{}')) || excluded.attributes
			where (old.level, old.attributes)
				is distinct from (excluded.level, (old.attributes - coalesce($1::text[], '{}')) || excluded.attributes)
			returning xmax = 0 as added
		)
		select count(*) filter (where added), count(*) filter (where not added)
		from brought`, i.folder.File("evidence.csv").Attributes).Scan(&added, &changed)
	i.loaded.Evidence = skein.Tally{New: added, Changed: changed, Same: int(rows) - added - changed}
	return err
}

// evidenceSource hands the rows of a walk to COPY, one at a time.
type evidenceSource struct {
	next func() (skein.EvidenceRow, error, bool)
	stop func()
	told func(int)
	row  skein.EvidenceRow
	err  error
	n    int
	cell [9]any
}

func newEvidenceSource(rows iter.Seq2[skein.EvidenceRow, error], told func(int)) *evidenceSource {
	s := &evidenceSource{told: told}
	s.next, s.stop = iter.Pull2(rows)
	if s.told == nil {
		s.told = func(int) {}
	}
	return s
}

// Next is called by COPY.
func (s *evidenceSource) Next() bool {
	row, err, ok := s.next()
	if !ok || err != nil {
		s.err = err
		s.told(s.n)
		return false
	}
	s.row = row
	if s.n++; s.n%50000 == 0 {
		s.told(s.n)
	}
	return true
}

// Values is called by COPY.
func (s *evidenceSource) Values() ([]any, error) {
	e := &s.row
	s.cell = [9]any{
		string(e.Person), string(e.Skill), string(e.Kind), e.Level, e.ObservedOn, nullDate(e.ExpiresOn),
		nullText(string(e.GivenBy)), nullText(e.Source), noAttributes,
	}
	if len(e.Attributes) > 0 {
		s.cell[8] = e.Attributes
	}
	return s.cell[:], nil
}

// noAttributes is what most rows have.
var noAttributes = []byte("{}")

// Err is called by COPY.
func (s *evidenceSource) Err() error { return s.err }

func nullText(s string) any {
	if s == "" {
		return nil
	}
	return s
}
