package leaddb

import (
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/lead"
	"skein/internal/postgres/core"
	"skein/internal/skein"
)

const outcomeColumns = `
	outcome.id::text as id,
	outcome.project_id as project,
	outcome.term_id::text as term,
	outcome.state,
	outcome.opened_at,
	outcome.due,
	outcome.reminded,
	outcome.closed_at,
	coalesce(outcome.result, '') as result,
	coalesce(outcome.basis, '') as basis,
	outcome.thanked_at`

const outcomeAnswerColumns = `
	outcome_answer.outcome_id::text as review,
	outcome_answer.person_id as person,
	outcome_answer.part,
	outcome_answer.owner,
	outcome_answer.answered_at,
	outcome_answer.passed,
	coalesce(outcome_answer.result, '') as result,
	outcome_answer.led,
	outcome_answer.again,
	outcome_answer.named,
	outcome_answer.wanted as library,
	outcome_answer.led_key,
	outcome_answer.again_key,
	outcome_answer.led_shown,
	outcome_answer.library_at,
	coalesce(outcome_answer.library_by, '') as library_by`

const outcomeSkillColumns = `
	outcome_skill.outcome_id::text as review,
	outcome_skill.skill_id as skill,
	outcome_skill.level::int as level,
	outcome_skill.place`

const outcomeNamingColumns = `
	outcome_naming.outcome_id::text as review,
	outcome_naming.named_by as by,
	outcome_naming.person_id as person,
	outcome_naming.skill_id as skill`

// queueOutcomes queues how the times in office of a project went.
func queueOutcomes(batch *pgx.Batch, into *lead.Outcomes, args pgx.NamedArgs) {
	core.Collect(batch, &into.Reviews, `
		select`+outcomeColumns+`
		from outcome
		where outcome.project_id = @project
		order by outcome.opened_at, outcome.id
		for update`, args)
	core.Collect(batch, &into.Skills, `
		select`+outcomeSkillColumns+`
		from outcome_skill
		join outcome on outcome.id = outcome_skill.outcome_id
		where outcome.project_id = @project
		order by outcome_skill.outcome_id, outcome_skill.place, outcome_skill.skill_id`, args)
	core.Collect(batch, &into.Answers, `
		select`+outcomeAnswerColumns+`
		from outcome_answer
		join outcome on outcome.id = outcome_answer.outcome_id
		where outcome.project_id = @project
		order by outcome_answer.outcome_id, outcome_answer.person_id`, args)
	core.Collect(batch, &into.Namings, `
		select`+outcomeNamingColumns+`
		from outcome_naming
		join outcome on outcome.id = outcome_naming.outcome_id
		where outcome.project_id = @project
		order by outcome_naming.outcome_id, outcome_naming.named_by, outcome_naming.person_id, outcome_naming.skill_id`, args)
}

// saveOutcomes keeps how times in office went; what was asked for and named is added to alone.
func saveOutcomes(b *pgx.Batch, was, is lead.Outcomes) {
	each(was.Reviews, is.Reviews, func(o skein.OutcomeReview) skein.OutcomeID { return o.ID }, func(o skein.OutcomeReview) { saveOutcome(b, o) })
	itself := func(s skein.OutcomeSkill) skein.OutcomeSkill { return s }
	each(was.Skills, is.Skills, itself, func(s skein.OutcomeSkill) { saveOutcomeSkill(b, s) })
	each(was.Answers, is.Answers, answerKey, func(a skein.OutcomeAnswer) { saveOutcomeAnswer(b, a) })
	each(was.Namings, is.Namings, func(n skein.OutcomeNaming) skein.OutcomeNaming { return n }, func(n skein.OutcomeNaming) { saveNaming(b, n) })
}

func answerKey(a skein.OutcomeAnswer) [2]string { return [2]string{string(a.Review), string(a.Person)} }

// countsSQL is how much a piece of evidence "seen" counts for on a day: by its kind as where the situation picks, and half
// after the half-life of its skill. Both are what the published tables say, else the engine's own numbers.
const countsSQL = `
	coalesce((tables.trust -> 'levels' -> 'weighed' ->> seen.kind)::float8, case seen.kind when 'peer' then @peer::float8 else 1 end)
		* power(2, -greatest(0, @day::date - seen.observed_on)::float8
			/ coalesce(nullif(skill.half_life_days, 0), (tables.trust ->> 'half_life_days')::float8, @half_life::float8))`

// leftSQL keeps a piece of evidence and takes away what of the same project it takes the place of: what says no more. What
// says less of somebody than a piece of that project that stands is hidden until they show it, or one project would count
// twice, and so is what says a level less of them than others and other work do: to have led what got there in part, or
// what asked for less, speaks against nobody. Their own word is not kept below what they say of
// themselves, nor where others have said it of that project; whoever was erased meanwhile has none.
const leftSQL = `
with kept as (
	insert into evidence as old (person_id, skill_id, kind, level, observed_on, source, hidden_at)
	select person.id, @skill, @kind::text, @level::int, @day::date, @source, case when @kind::text <> 'self' and (exists (
			select from evidence more
			where more.person_id = person.id and more.skill_id = @skill and more.kind = 'outcome' and more.source = @source
				and more.hidden_at is null and more.level > @level::int
		) or (
			select sum(weight * seen.level) / nullif(sum(weight), 0)
			from evidence seen
			join skill on skill.id = seen.skill_id
			cross join (select (select trust from policy order by version desc limit 1) as trust) tables
			cross join lateral (select ` + countsSQL + ` as weight) counts
			where seen.person_id = person.id and seen.skill_id = @skill and seen.kind <> 'self' and seen.hidden_at is null
				and coalesce(seen.expires_on >= @day::date, true)
				and (seen.kind <> 'outcome' or seen.source is distinct from @source or seen.level > @level::int) -- it goes
		) >= @level::int + .999) then @at::timestamptz end -- a mean of equal levels is that level but for rounding
	from person
	where person.id = @person and person.erased_at is null and not (@kind::text = 'self' and (coalesce((
			select own.level
			from evidence own
			where own.person_id = person.id and own.skill_id = @skill and own.kind = 'self'
			order by own.observed_on desc, own.id desc
			limit 1
		), 0) > @level::int or exists (
			select from evidence others
			where others.person_id = person.id and others.skill_id = @skill and others.kind = 'outcome' and others.source = @source
				and others.hidden_at is null
		)))
	on conflict on constraint evidence_key do update set level = greatest(old.level, excluded.level),
		hidden_at = case when excluded.level > old.level then excluded.hidden_at else old.hidden_at end
	returning id, person_id, skill_id, kind, level, source
)
delete from evidence old
using kept
where old.person_id = kept.person_id and old.skill_id = kept.skill_id and old.source = kept.source and old.id <> kept.id
	and old.kind in (kept.kind, 'self') and old.given_by is null and old.level <= kept.level`

// saveLeft keeps the evidence that a time in office left: of one project one piece for each person and skill.
func saveLeft(b *pgx.Batch, at time.Time, left []skein.Evidence) {
	for _, e := range left {
		b.Queue(leftSQL, pgx.NamedArgs{
			"person": e.Person, "skill": e.Skill, "kind": e.Kind, "level": e.Level, "day": e.ObservedOn, "source": e.Source, "at": at,
			"half_life": float64(skein.HalfLifeDays), "peer": skein.PeerCounts,
		})
	}
}

// outcomePart is how times in office went.
var outcomePart = part{
	rows: rows{
		read: func(b *pgx.Batch, l *lead.Lead, args pgx.NamedArgs) { queueOutcomes(b, &l.Outcomes, args) },
		keep: func(l *lead.Lead) { l.Outcomes = l.Outcomes.Clone() },
		save: func(b *pgx.Batch, was, is *lead.Lead) { saveOutcomes(b, was.Outcomes, is.Outcomes) },
	},
	due: map[lead.Clock]string{
		lead.ClockAsked: earliest("outcome", "id", "case when outcome.reminded then outcome.due else outcome.due - "+seconds(skein.OutcomeReminder)+" end", "<= @now", `state = 'asking'`),
	},
}
