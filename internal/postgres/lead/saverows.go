package leaddb

import (
	"github.com/jackc/pgx/v5"

	"skein/internal/skein"
)

// judged is a number of the judgement, where it was made just now.
func judged(j skein.Judged, n float64) *float64 {
	if j.Detail == nil {
		return nil
	}
	return &n
}

// detail is what a judgement was worked out from, where it was made just now.
func detail(j skein.Judged) *string {
	if j.Detail == nil {
		return nil
	}
	text := string(j.Detail)
	return &text
}

// listed is a list as JSON keeps it: never null.
func listed[T any](all []T) []T {
	if all == nil {
		return []T{}
	}
	return all
}

// saveOutcomeSkill keeps what a lead was asked for in one skill.
func saveOutcomeSkill(b *pgx.Batch, s skein.OutcomeSkill) {
	b.Queue(`
		insert into outcome_skill (outcome_id, skill_id, level, place)
		select $1, skill.id, $3, $4 from skill where skill.id = $2`, s.Review, s.Skill, s.Level, s.Place)
}

// saveOutcomeAnswer keeps what somebody was asked, and answered.
func saveOutcomeAnswer(b *pgx.Batch, a skein.OutcomeAnswer) {
	b.Queue(`
		insert into outcome_answer (outcome_id, person_id, part, owner, answered_at, passed, result, led, again, named, wanted,
			led_key, again_key, led_shown, library_at, library_by)
		values ($1, $2, $3, $4, $5, $6, nullif($7, ''), $8, $9, $10, $11, $12, $13, $14, $15, nullif($16, ''))
		on conflict (outcome_id, person_id) do update
		set answered_at = excluded.answered_at, passed = excluded.passed, result = excluded.result, led = excluded.led,
			again = excluded.again, named = excluded.named, wanted = excluded.wanted, led_key = excluded.led_key,
			again_key = excluded.again_key, led_shown = excluded.led_shown, library_at = excluded.library_at,
			library_by = excluded.library_by`,
		a.Review, a.Person, a.Part, a.Owner, a.AnsweredAt, a.Passed, a.Result, a.Led, a.Again, a.Named, a.Library,
		a.LedKey, a.AgainKey, a.LedShown, a.LibraryAt, a.LibraryBy)
}

// saveNaming keeps that somebody says who showed what.
func saveNaming(b *pgx.Batch, n skein.OutcomeNaming) {
	b.Queue(`
		insert into outcome_naming (outcome_id, named_by, person_id, skill_id)
		values ($1, $2, $3, $4)
		on conflict do nothing`, n.Review, n.By, n.Person, n.Skill)
}
