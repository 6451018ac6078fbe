package postgres

import (
	"context"

	"skein/internal/skein"
)

// evidence sends the rows with COPY: straight into the empty table when there are many, else into
// a table of this transaction, from which the new and the changed are brought over by their key.
func (i *importing) evidence(ctx context.Context) error {
	rows := i.folder.File("evidence.csv").Rows
	if rows == 0 {
		return nil
	}
	if rows >= bulk {
		first, err := i.firstEvidence(ctx)
		if first || err != nil {
			return err
		}
	}
	_, err := i.tx.Exec(ctx, `
		create temp table import_evidence (
			person_id text, skill_id text, kind text, level smallint, observed_on date, expires_on date,
			given_by text, source text, attributes jsonb
		) on commit drop`)
	if err != nil {
		return err
	}
	sent, err := i.copyEvidence(ctx, "import_evidence", false)
	if err != nil {
		return err
	}
	if _, err := i.tx.Exec(ctx, `analyze import_evidence`); err != nil {
		return err
	}
	added, changed := 0, 0
	err = i.tx.QueryRow(ctx, bringEvidence, i.folder.File("evidence.csv").Attributes).Scan(&added, &changed)
	i.loaded.Evidence = skein.Tally{New: added, Changed: changed, Same: sent - added - changed}
	return err
}

// bringEvidence leaves out what is there already before it touches the real table: the join is
// quick, and a row that stays the same is not even locked. The key counts blanks as equal.
const bringEvidence = `
	with moved as (
		select new.*
		from import_evidence new
		left join evidence old on old.person_id = new.person_id
			and old.skill_id = new.skill_id
			and old.kind = new.kind
			and old.observed_on = new.observed_on
			and old.expires_on is not distinct from new.expires_on
			and old.given_by is not distinct from new.given_by
			and old.source is not distinct from new.source
		where old.id is null
			or old.level <> new.level
			or old.attributes <> (old.attributes - coalesce($1::text[], '{}')) || new.attributes
	), brought as (
		insert into evidence as old (person_id, skill_id, kind, level, observed_on, expires_on, given_by, source, attributes)
		select person_id, skill_id, kind, level, observed_on, expires_on, given_by, source, attributes
		from moved
		on conflict on constraint evidence_key do update
		set level = excluded.level,
			attributes = (old.attributes - coalesce($1::text[], '{}')) || excluded.attributes
		returning xmax = 0 as added
	)
	select count(*) filter (where added), count(*) filter (where not added)
	from brought`

// copyEvidence sends all rows into a table, with ids of their own or without.
func (i *importing) copyEvidence(ctx context.Context, table string, ids bool) (int, error) {
	columns := `person_id, skill_id, kind, level, observed_on, expires_on, given_by, source, attributes`
	source := newEvidenceText(i.folder.Evidence, i.options.Told)
	defer source.stop()
	if ids {
		columns = `id, ` + columns
		source.ids = newIDs(i.by.At)
	}
	tag, err := i.tx.Conn().PgConn().CopyFrom(ctx, source, `copy `+table+` (`+columns+`) from stdin`)
	if source.err != nil {
		return 0, source.err
	}
	return int(tag.RowsAffected()), err
}
