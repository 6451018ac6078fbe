package peopledb

import (
	"context"
	"errors"
	"strconv"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// Merge makes two skills one: From goes, Into stays. Both must stand as they were read.
type Merge struct {
	From, Into         skein.SkillID
	FromRead, IntoRead string
}

// MergeSkills moves all that refers to one skill to another, in one transaction; its names and its id lead to
// that from then on. Where both have the same thing, the stronger stays. What was published of a decision
// keeps the name that it was made under. Administrators may, at any time but while claims go on for a lead that
// asks for both, where the merge would change what people claimed for: that is a Conflict, as it is while an
// import is under way. One of those that the tables ask for is Refused.
func (db *Store) MergeSkills(ctx context.Context, by skein.By, m Merge, asked []skein.SkillID) error {
	if err := MayMerge(m.From, m.Into, "", false, asked); err != nil {
		return err
	}
	for try := 1; ; try++ {
		err := core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) { return merge(ctx, tx, by, m) })
		var pg *pgconn.PgError
		if !errors.As(err, &pg) || pg.Code != "40P01" || try == renames { // a deadlock with whoever writes of either
			return err
		}
	}
}

// MayMerge tells why one skill cannot be merged into another, whatever is asked for and claimed at the moment.
func MayMerge(from, into skein.SkillID, name string, retired bool, asked []skein.SkillID) error {
	if from == into {
		return skein.Invalid{{Field: "into", Message: "That is this skill. Name the one that it is the same as."}}
	}
	if retired {
		return skein.Invalid{{Field: "into", Message: name + " is not used any more. Bring it back first, or name another."}}
	}
	return tablesAsk(true, from, asked)
}

// merge is one try. The lock of an import keeps one from loading rows of a skill that goes; the rows are
// locked in the order in which others lock them, projects first.
func merge(ctx context.Context, tx pgx.Tx, by skein.By, m Merge) ([]skein.Event, error) {
	alone, err := core.Value[bool](ctx, tx, `select pg_try_advisory_xact_lock(hashtextextended('import', 0))`)
	if err != nil {
		return nil, err
	}
	if !alone {
		return nil, skein.Conflict{Why: "Files are being imported, and may name this skill. Merge it when that is done."}
	}
	for _, lock := range []string{
		`select count(*) from (
			select from project
			where id in (
				select phase.project_id
				from requirement
				join phase on phase.id = requirement.phase_id
				where requirement.skill_id in ($1, $2)
			)
			order by id
			for no key update
		) locked`,
		`select count(*) from (select from ask where skill_id in ($1, $2) order by id for update) locked`,
		`select count(*) from (select from skill where id in ($1, $2) order by id for update) locked`,
	} {
		if err := core.Exec(ctx, tx, lock, m.From, m.Into); err != nil {
			return nil, err
		}
	}
	from, into, err := bothSkills(ctx, tx, m)
	if err != nil {
		return nil, err
	}
	if err := nobodyClaimsForBoth(ctx, tx, m); err != nil {
		return nil, err
	}
	for _, step := range moves {
		if err := core.Exec(ctx, tx, step, pgx.NamedArgs{"from": m.From, "into": m.Into, "at": by.At}); err != nil {
			return nil, err
		}
	}
	return []skein.Event{{
		Action: "skill.merge", Noun: "skill", NounID: string(m.Into),
		Details: map[string]any{"was": from.Name, "was_id": m.From, "name": into.Name},
	}}, nil
}

// bothSkills reads the two, which are locked, as they were read.
func bothSkills(ctx context.Context, tx pgx.Tx, m Merge) (from, into skillRow, err error) {
	if from, err = core.One[skillRow](ctx, tx, skillRowSQL, m.From); err != nil {
		return from, into, err
	}
	if into, err = core.One[skillRow](ctx, tx, skillRowSQL, m.Into); err != nil {
		return from, into, err
	}
	if err = skein.Fresh(m.FromRead, strconv.Itoa(from.Version)); err == nil {
		err = skein.Fresh(m.IntoRead, strconv.Itoa(into.Version))
	}
	if err == nil {
		err = MayMerge(from.ID, into.ID, into.Name, into.Retired, nil)
	}
	return from, into, err
}

// nobodyClaimsForBoth refuses where two requirements of a lead that claims are sent for would become one.
func nobodyClaimsForBoth(ctx context.Context, tx pgx.Tx, m Merge) error {
	title, err := core.Value[string](ctx, tx, claimedForBothSQL, m.From, m.Into)
	if err != nil || title == "" {
		return err
	}
	return skein.Conflict{Why: "“" + title + "” asks for both, and claims for it go on: as one skill they would count otherwise than people claimed for. " +
		"Merge them when that lead is decided; or whoever proposed it strikes one of the two, and claims begin again."}
}

var claimedForBothSQL = `
select coalesce((
	select project.title
	from requirement gone
	join requirement kept on kept.phase_id = gone.phase_id and kept.skill_id = $2 and not kept.struck
	join phase on phase.id = gone.phase_id
	join project on project.id = phase.project_id
	where gone.skill_id = $1 and not gone.struck and phase.ended_at is null
		and exists (
			select from claim_window
			where claim_window.project_id = project.id and claim_window.state in ` + core.WindowGoing + `
		)
	order by folded(project.title), project.id
	limit 1
), '')`

// moves are the statements that bring what refers to a skill to another: TestNoColumnThatRefersToASkillIsForgotten
// holds that none is missing.
var moves = []string{
	// Of two rows of one source and day the stronger stays; what is hidden counts for nothing, so that what is
	// shown is stronger than it.
	`create temp table merged_evidence on commit drop as
	select gone.id as gone, kept.id as kept,
		(gone.hidden_at is null, gone.level) > (kept.hidden_at is null, kept.level) as stronger
	from evidence gone
	join evidence kept on kept.person_id = gone.person_id and kept.skill_id = @into and kept.kind = gone.kind
		and kept.observed_on = gone.observed_on and kept.expires_on is not distinct from gone.expires_on
		and kept.given_by is not distinct from gone.given_by and kept.source is not distinct from gone.source
	where gone.skill_id = @from`,
	`update evidence kept
	set level = gone.level, note = gone.note, hidden_at = gone.hidden_at
	from merged_evidence pair
	join evidence gone on gone.id = pair.gone
	where kept.id = pair.kept and pair.stronger`,
	`update ask set evidence_id = pair.kept from merged_evidence pair where ask.evidence_id = pair.gone`,
	`update notice set of_id = pair.kept from merged_evidence pair where notice.of_id = pair.gone`,
	`delete from evidence using merged_evidence pair where evidence.id = pair.gone`,
	`update evidence set skill_id = @into where skill_id = @from`,

	`update wish kept
	set made_at = gone.made_at
	from wish gone
	where gone.skill_id = @from and kept.skill_id = @into and kept.person_id = gone.person_id and gone.made_at < kept.made_at`,
	`insert into wish (person_id, skill_id, made_at)
	select person_id, @into, made_at from wish where skill_id = @from
	on conflict do nothing`,
	`delete from wish where skill_id = @from`,

	// Of two questions to one colleague that wait, the one that waits longer stays.
	`update ask kept
	set answer_by = gone.answer_by
	from ask gone
	where gone.skill_id = @from and kept.skill_id = @into and gone.person_id = kept.person_id and gone.asked_of = kept.asked_of
		and gone.answered_at is null and kept.answered_at is null and gone.answer_by > kept.answer_by`,
	`update ask gone
	set answered_at = @at
	from ask kept
	where gone.skill_id = @from and kept.skill_id = @into and gone.person_id = kept.person_id and gone.asked_of = kept.asked_of
		and gone.answered_at is null and kept.answered_at is null`,
	`update ask set skill_id = @into where skill_id = @from`,

	// A phase that asks for both asks for all that either asks for; what is struck asks for nothing.
	`update requirement kept
	set importance = case when kept.struck then gone.importance else greatest(kept.importance, gone.importance) end,
		level = case when kept.struck then gone.level else greatest(kept.level, gone.level) end,
		must = kept.must or gone.must,
		struck = false
	from requirement gone
	where gone.skill_id = @from and kept.skill_id = @into and kept.phase_id = gone.phase_id and not gone.struck`,
	`delete from requirement gone
	using requirement kept
	where gone.skill_id = @from and kept.skill_id = @into and kept.phase_id = gone.phase_id`,
	`update requirement set skill_id = @into where skill_id = @from`,

	// A lead that was asked for both was asked for the higher.
	`update outcome_skill kept
	set level = greatest(kept.level, gone.level)
	from outcome_skill gone
	where gone.skill_id = @from and kept.skill_id = @into and kept.outcome_id = gone.outcome_id`,
	`delete from outcome_skill gone
	using outcome_skill kept
	where gone.skill_id = @from and kept.skill_id = @into and kept.outcome_id = gone.outcome_id`,
	`update outcome_skill set skill_id = @into where skill_id = @from`,
	`delete from outcome_naming gone
	using outcome_naming kept
	where gone.skill_id = @from and kept.skill_id = @into and kept.outcome_id = gone.outcome_id and kept.named_by = gone.named_by
		and kept.person_id = gone.person_id`,
	`update outcome_naming set skill_id = @into where skill_id = @from`,

	`update notice set skill_id = @into where skill_id = @from`,

	// What lay within it lies within the other. Where that itself did, it takes its place.
	`with recursive above as (
		select parent_id as id from skill where id = @into
		union
		select skill.parent_id from skill join above on skill.id = above.id
	)
	update skill
	set parent_id = (select nullif(gone.parent_id, @into) from skill gone where gone.id = @from)
	where id = @into and exists (select from above where above.id = @from)`,
	`update skill set parent_id = @into where parent_id = @from and id <> @into`,

	`update skill kept
	set uri = coalesce(kept.uri, gone.uri), attributes = gone.attributes || kept.attributes
	from skill gone
	where gone.id = @from and kept.id = @into and (kept.uri is null and gone.uri is not null or gone.attributes || kept.attributes <> kept.attributes)`,

	`update skill_name set skill_id = @into where skill_id = @from`,
	`update skill_was set skill_id = @into where skill_id = @from`,
	`insert into skill_was (id, skill_id) values (@from, @into)`,
	`delete from skill where id = @from`,
	// a name that both had was theirs together: now it is that of the one
	`update skill set twin = false
	where id = @into and twin and exists (select from skill_name where skill_name.skill_id = @into and skill_name.key = skill_key(skill.name))`,
}
