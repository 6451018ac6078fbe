package peopledb

import (
	"context"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// Rate keeps by's own word on a skill of theirs, named as typed. Today's word replaces an earlier
// one of today; older words stay as history, and only the latest counts.
func (db *Store) Rate(ctx context.Context, by skein.By, named skein.Skill, level int, today skein.Date) error {
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		return rate(ctx, tx, by, named, level, today)
	})
}

// rate is Rate inside a transaction.
func rate(ctx context.Context, tx pgx.Tx, by skein.By, named skein.Skill, level int, today skein.Date) ([]skein.Event, error) {
	if err := skein.CheckRating(level); err != nil {
		return nil, err
	}
	skill, events, err := SkillOf(ctx, tx, named)
	if err != nil {
		return nil, err
	}
	return append(events, rated(by, skill, level)...), saySelf(ctx, tx, by, skill, level, today)
}

func rated(by skein.By, skill skein.SkillID, level int) []skein.Event {
	return own(by, "evidence.self", map[string]any{"skill": skill, "level": level})
}

// saySelf writes by's own word of today.
func saySelf(ctx context.Context, tx pgx.Tx, by skein.By, skill skein.SkillID, level int, today skein.Date) error {
	return core.Exec(ctx, tx, `
		insert into evidence (person_id, skill_id, kind, level, observed_on)
		values ($1, $2, 'self', $3, $4)
		on conflict on constraint evidence_key do update set level = excluded.level, hidden_at = null`,
		by.Person, skill, level, today)
}

// Reaffirm says that by's own latest word on a skill is still true today.
func (db *Store) Reaffirm(ctx context.Context, by skein.By, skill skein.SkillID, today skein.Date) error {
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		var level int
		err := tx.QueryRow(ctx, `
			select skill_id, level
			from evidence
			where person_id = $1 and skill_id = skill_now($2) and kind = 'self'
			order by observed_on desc, id desc
			limit 1`, by.Person, skill).Scan(&skill, &level)
		if err != nil {
			return nil, err
		}
		return rated(by, skill, level), saySelf(ctx, tx, by, skill, level, today)
	})
}

// Unrate takes back everything that by has said of themselves on a skill.
func (db *Store) Unrate(ctx context.Context, by skein.By, skill skein.SkillID) error {
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		tag, err := tx.Exec(ctx, `
			delete from evidence
			where person_id = $1 and skill_id = skill_now($2) and kind = 'self'`, by.Person, skill)
		if err != nil || tag.RowsAffected() == 0 {
			return nil, err
		}
		return own(by, "evidence.withdraw", map[string]any{"skill": skill, "kind": skein.Self}), nil
	})
}

// ShowEvidence hides or shows what a colleague says of by on a skill, and tells them; without a colleague, what work that
// is over says. What is hidden counts for nothing.
func (db *Store) ShowEvidence(ctx context.Context, by skein.By, skill skein.SkillID, kind skein.EvidenceKind, giver skein.PersonID, show bool) error {
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		at, action := &by.At, "evidence.hide"
		if show {
			at, action = nil, "evidence.show"
		}
		tag, err := tx.Exec(ctx, `
			update evidence
			set hidden_at = $4
			where person_id = $1 and skill_id = skill_now($2) and kind = $5 and (kind = 'peer' and given_by is not distinct from $3 or kind = 'outcome')
				and (hidden_at is null) <> ($4::timestamptz is null)`, by.Person, skill, core.Nullable(giver), at, kind)
		if err != nil || tag.RowsAffected() == 0 {
			return nil, err
		}
		return own(by, action, map[string]any{"skill": skill, "given_by": giver}), tellHidden(ctx, tx, by, giver, skill, show)
	})
}

// Endorse keeps by's word on a colleague's skill, unasked, and tells the colleague.
func (db *Store) Endorse(ctx context.Context, by skein.By, of skein.PersonID, named skein.Skill, answer skein.Answer, today skein.Date) error {
	if err := skein.MayEndorse(by.Person, of); err != nil {
		return err
	}
	if err := answer.Check(); err != nil {
		return err
	}
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		if err := activePerson(ctx, tx, of, today); err != nil {
			return nil, err
		}
		skill, events, err := SkillOf(ctx, tx, named)
		if err != nil {
			return nil, err
		}
		said := skein.Evidence{
			Person: of, Skill: skill, Kind: skein.Peer, Level: answer.Level,
			ObservedOn: today, GivenBy: by.Person, Note: answer.Note,
		}
		_, more, err := sayPeer(ctx, tx, by, said)
		return append(events, more...), err
	})
}

// activePerson reports ErrNotFound when nobody of that id is with the organisation.
func activePerson(ctx context.Context, tx pgx.Tx, id skein.PersonID, today skein.Date) error {
	person, err := core.One[skein.Person](ctx, tx, `select`+personColumns+` from person where id = $1 for share`, id)
	if err == nil && !person.ActiveOn(today) {
		err = skein.ErrNotFound
	}
	return err
}

// sayPeer writes a colleague's word. Level 0 takes back what they said earlier: nobody's word
// speaks against anybody. A word that the person has hidden stays hidden.
func sayPeer(ctx context.Context, tx pgx.Tx, by skein.By, said skein.Evidence) (id *string, events []skein.Event, err error) {
	details := map[string]any{"skill": said.Skill, "level": said.Level}
	if said.Level == 0 {
		_, err = tx.Exec(ctx, `
			delete from evidence
			where person_id = $1 and skill_id = $2 and kind = 'peer' and given_by = $3`,
			said.Person, said.Skill, said.GivenBy)
		return nil, []skein.Event{{Action: "evidence.withdraw", Noun: "person", NounID: string(said.Person), Details: details}}, err
	}
	id = new(string)
	err = tx.QueryRow(ctx, `
		insert into evidence (person_id, skill_id, kind, level, observed_on, given_by, source, note, hidden_at)
		values ($1, $2, 'peer', $3, $4, $5, $6, $7, (
			select max(hidden_at)
			from evidence
			where person_id = $1 and skill_id = $2 and kind = 'peer' and given_by = $5
		))
		on conflict on constraint evidence_key do update set level = excluded.level, note = excluded.note
		returning id::text`,
		said.Person, said.Skill, said.Level, said.ObservedOn, said.GivenBy, core.Nullable(said.Source), said.Note).Scan(id)
	if err != nil {
		return nil, nil, err
	}
	events = []skein.Event{{Action: "evidence.peer", Noun: "person", NounID: string(said.Person), Details: details}}
	return id, events, tellEndorsed(ctx, tx, by, said, *id)
}
