package bulkdb

import (
	"context"

	"skein/internal/folder"
	"skein/internal/postgres/core"
)

// evidence sends the rows with COPY: straight into the table when it is empty and they are many,
// else into a table of this transaction, from which the changed and the new are brought over by
// their key.
func (i *importing) evidence(ctx context.Context) error {
	rows := i.folder.Pieces()
	if rows == 0 {
		return nil
	}
	there, err := i.besideBulk(ctx, "evidence", rows, "")
	switch {
	case err != nil:
		return err
	case there == 0:
		return i.withoutIndexes(ctx, "evidence", rows, true, func() error { return i.firstEvidence(ctx) })
	case there > 0:
		return i.withoutIndexes(ctx, "evidence", rows, true, func() error { return i.bringEvidence(ctx, "") })
	}
	return i.bringEvidence(ctx, `
		on conflict on constraint evidence_key do update
		set level = excluded.level,
			attributes = (old.attributes - coalesce($1::text[], '{}')) || excluded.attributes`)
}

// firstEvidence loads evidence straight into the empty table. Emptied once more in this
// transaction, it may take the rows as if they had always been there (freeze): nobody, neither the
// checks that follow nor who reads them first, asks again whether they are committed. Emptying notes
// a change of everybody, which so many rows are; the trigger that would find that out by itself
// keeps a copy of each row until the end.
func (i *importing) firstEvidence(ctx context.Context) error {
	err := i.each(ctx, []string{`truncate evidence`, `alter table evidence disable trigger evidence_added`})
	if err != nil {
		return err
	}
	sent, err := i.copyEvidence(ctx, "evidence", ", freeze")
	if err != nil {
		return err
	}
	i.loaded.Evidence = folder.Tally{New: sent}
	return i.each(ctx, []string{`alter table evidence enable trigger evidence_added`})
}

// sameEvidence holds a new row against an old one: the key is all of them but the level, and
// counts blanks as equal.
const sameEvidence = `old.person_id = new.person_id
			and old.skill_id = new.skill_id
			and old.kind = new.kind
			and old.observed_on = new.observed_on
			and old.expires_on is not distinct from new.expires_on
			and old.given_by is not distinct from new.given_by
			and old.source is not distinct from new.source`

// bringEvidence compares, and writes what differs. What stays the same is left alone: it is not even
// locked. What somebody else adds meanwhile is a conflict; "" where the table is locked against that.
func (i *importing) bringEvidence(ctx context.Context, conflict string) error {
	stated := i.folder.File("evidence.csv").Attributes
	sent, differ, err := i.compareEvidence(ctx, stated)
	if err != nil {
		return err
	}
	tally := folder.Tally{}
	if differ > 0 {
		if tally, err = i.writeEvidence(ctx, stated, conflict); err != nil {
			return err
		}
	}
	tally.Same = sent - tally.New - tally.Changed
	i.loaded.Evidence = tally
	return i.each(ctx, []string{`set local work_mem to default`})
}

// compareEvidence sends all rows into a table of this transaction and says how many they are, and how
// many of them are new or differ from what stands.
func (i *importing) compareEvidence(ctx context.Context, stated []string) (sent, differ int, err error) {
	if err := i.each(ctx, []string{`
		create temp table import_evidence (
			id uuid, person_id text, skill_id text, kind text, level smallint, observed_on date, expires_on date,
			given_by text, source text, attributes jsonb not null default '{}'
		) on commit drop`}); err != nil {
		return 0, 0, err
	}
	if sent, err = i.copyEvidence(ctx, "import_evidence", ""); err != nil {
		return 0, 0, err
	}
	i.told(ImportStep{Doing: Comparing, Table: "evidence", Rows: sent})
	// one walk over both finds what to do: mostly little
	if err := i.each(ctx, []string{`analyze import_evidence`, `set local work_mem = '128MB'`}); err != nil {
		return 0, 0, err
	}
	found, err := i.tx.Exec(ctx, `
		create temp table import_differs on commit drop as
		select new.*, old.id as there
		from import_evidence new
		left join evidence old on `+sameEvidence+`
		where old.id is null
			or old.level <> new.level
			or old.attributes <> (old.attributes - coalesce($1::text[], '{}')) || new.attributes`, stated)
	return sent, int(found.RowsAffected()), err
}

// writeEvidence changes what differs, locked before in one order: two who change several rows never wait
// for each other. Then it adds what is new.
func (i *importing) writeEvidence(ctx context.Context, stated []string, conflict string) (folder.Tally, error) {
	if conflict != "" {
		if err := i.each(ctx, []string{`
			select count(*)
			from (
				select from evidence
				where id in (select there from import_differs)
				order by id
				for no key update
			) locked`}); err != nil {
			return folder.Tally{}, err
		}
	}
	changed, err := i.tx.Exec(ctx, `
		update evidence old
		set level = new.level,
			attributes = (old.attributes - coalesce($1::text[], '{}')) || new.attributes
		from import_differs new
		where old.id = new.there`, stated)
	if err != nil {
		return folder.Tally{}, err
	}
	args := []any{stated}
	if conflict == "" {
		args = nil
	}
	added, err := i.tx.Exec(ctx, `
		insert into evidence as old (id, `+evidenceCopied+`, attributes)
		select id, `+evidenceCopied+`, attributes
		from import_differs
		where there is null
		order by id`+conflict, args...)
	return folder.Tally{New: int(added.RowsAffected()), Changed: int(changed.RowsAffected())}, err
}

const evidenceCopied = `person_id, skill_id, kind, level, observed_on, expires_on, given_by, source`

// copyEvidence sends all rows into a table. Attributes go along when the file has any.
func (i *importing) copyEvidence(ctx context.Context, table, how string) (int, error) {
	columns := `id, ` + evidenceCopied
	stated, rows := i.folder.File("evidence.csv").Attributes, i.folder.Pieces()
	if len(stated) > 0 {
		columns += `, attributes`
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	source := copyEvidenceOf(ctx, i.folder.Evidence, core.NewUUID7(i.by.At), len(stated) > 0, func(n int) {
		i.told(ImportStep{Doing: Sending, Table: "evidence", Rows: rows, Done: n, Total: rows})
	})
	tag, err := i.tx.Conn().PgConn().CopyFrom(ctx, source, `copy `+table+` (`+columns+`) from stdin (format binary`+how+`)`)
	if source.err != nil {
		return 0, source.err
	}
	return int(tag.RowsAffected()), err
}
