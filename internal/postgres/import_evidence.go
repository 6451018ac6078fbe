package postgres

import (
	"context"

	"skein/internal/skein"
)

// evidence sends the rows with COPY: straight into the table when it is empty and they are many,
// else into a table of this transaction, from which the changed and the new are brought over by
// their key.
func (i *importing) evidence(ctx context.Context) error {
	rows := i.folder.File("evidence.csv").Rows
	if rows == 0 {
		return nil
	}
	there, err := i.besideBulk(ctx, rows)
	switch {
	case err != nil:
		return err
	case there == 0:
		return i.firstEvidence(ctx)
	case there > 0:
		return i.aside(ctx, func() error { return i.bringEvidence(ctx, "") })
	}
	return i.bringEvidence(ctx, `
		on conflict on constraint evidence_key do update
		set level = excluded.level,
			attributes = (old.attributes - coalesce($1::text[], '{}')) || excluded.attributes`)
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

// bringEvidence leaves what stays the same alone: it is not even locked. What somebody else adds
// meanwhile is a conflict.
func (i *importing) bringEvidence(ctx context.Context, conflict string) error {
	if _, err := i.tx.Exec(ctx, `
		create temp table import_evidence (
			id uuid, person_id text, skill_id text, kind text, level smallint, observed_on date, expires_on date,
			given_by text, source text, attributes jsonb not null default '{}'
		) on commit drop`); err != nil {
		return err
	}
	sent, err := i.copyEvidence(ctx, "import_evidence")
	if err != nil {
		return err
	}
	if _, err := i.tx.Exec(ctx, `analyze import_evidence`); err != nil {
		return err
	}
	stated := i.folder.File("evidence.csv").Attributes
	changed, err := i.tx.Exec(ctx, `
		update evidence old
		set level = new.level,
			attributes = (old.attributes - coalesce($1::text[], '{}')) || new.attributes
		from import_evidence new
		where `+sameEvidence+`
			and (
				old.level <> new.level
				or old.attributes <> (old.attributes - coalesce($1::text[], '{}')) || new.attributes
			)`, stated)
	if err != nil {
		return err
	}
	args := []any{stated}
	if conflict == "" {
		args = nil
	}
	added, err := i.tx.Exec(ctx, `
		insert into evidence as old (id, `+evidenceCopied+`, attributes)
		select new.id, new.person_id, new.skill_id, new.kind, new.level, new.observed_on, new.expires_on,
			new.given_by, new.source, new.attributes
		from import_evidence new
		left join evidence old on `+sameEvidence+`
		where old.id is null`+conflict, args...)
	tally := skein.Tally{New: int(added.RowsAffected()), Changed: int(changed.RowsAffected())}
	tally.Same = sent - tally.New - tally.Changed
	i.loaded.Evidence = tally
	return err
}

const evidenceCopied = `person_id, skill_id, kind, level, observed_on, expires_on, given_by, source`

// copyEvidence sends all rows into a table. Attributes go along when the file has any.
func (i *importing) copyEvidence(ctx context.Context, table string) (int, error) {
	columns := `id, ` + evidenceCopied
	source := newEvidenceText(i.folder.Evidence, newIDs(i.by.At), i.options.Told)
	defer source.stop()
	if len(i.folder.File("evidence.csv").Attributes) > 0 {
		columns += `, attributes`
		source.attributes = true
	}
	tag, err := i.tx.Conn().PgConn().CopyFrom(ctx, source, `copy `+table+` (`+columns+`) from stdin`)
	if source.err != nil {
		return 0, source.err
	}
	return int(tag.RowsAffected()), err
}
