package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"

	"skein/internal/skein"
)

// tellAsked tells a colleague that by would like their word on a skill.
func tellAsked(ctx context.Context, tx pgx.Tx, by skein.By, of skein.PersonID, skill skein.SkillID, ask string) error {
	_, err := tx.Exec(ctx, `
		insert into notice (person_id, kind, says, link, made_at, about)
		select $1, 'asked', person.name || ' asks what you can say about ' || skill.name || '.', '/asks/' || $4, $5, 'ask ' || $4
		from person, skill
		where person.id = $2 and skill.id = $3
		on conflict do nothing`, of, by.Person, skill, ask, by.At)
	return err
}

// tellEndorsed tells a person what a colleague said of them: they choose whether it is shown.
func tellEndorsed(ctx context.Context, tx pgx.Tx, by skein.By, said skein.Evidence, evidence string) error {
	_, err := tx.Exec(ctx, `
		insert into notice (person_id, kind, says, link, made_at, about)
		select $1, 'endorsed', person.name || ' spoke for you: ' || skill.name || ', ' || $4 || '.',
			'/people/' || $1, $6, 'evidence ' || $5
		from person, skill
		where person.id = $2 and skill.id = $3
		on conflict do nothing`,
		said.Person, said.GivenBy, said.Skill, skein.LevelsYours[said.Level], evidence, by.At)
	return err
}

// tellHidden tells a colleague whether what they said of by is shown: they stand behind it by name.
func tellHidden(ctx context.Context, tx pgx.Tx, by skein.By, giver skein.PersonID, skill skein.SkillID, show bool) error {
	if giver == "" {
		return nil
	}
	says := " keeps to themselves what you said about "
	if show {
		says = " shows again what you said about "
	}
	_, err := tx.Exec(ctx, `
		insert into notice (person_id, kind, says, link, made_at, about)
		select $1, 'shown', person.name || $4 || skill.name || '.', '/people/' || person.id, $5, 'shown ' || skill.id || ' ' || $5::timestamptz
		from person, skill
		where person.id = $2 and skill.id = $3
		on conflict do nothing`, giver, by.Person, skill, says, by.At)
	return err
}
