package leaddb

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"skein/internal/lead"
	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// findsOfProject are the statements that find what is due of a project itself, of its window, of its lead's word and of the
// people in it: see part.
var findsOfProject = map[lead.Clock]string{
	lead.ClockWindow: `
		select ending.id::text as id, ending.project_id as project, '' as window
		from (` + windowEnds + `) ending
		where ending.due <= @now and ending.id::text <> all(@tried)
		order by ending.due
		limit 1`,
	lead.ClockGone: goneSQL + `
		select person_id || ' ' || project_id as id, project_id as project, '' as window
		from gone
		where person_id || ' ' || project_id <> all(@tried)
		order by project_id, person_id limit 1`,
	lead.ClockAway: askedSQL + `
		select distinct asked.person_id || ' ' || asked.project_id as id, asked.project_id as project, '' as window
		from asked
		join person on person.id = asked.person_id and ` + core.ActiveToday + `
		where ` + awayTill("asked.answer_by") + ` and asked.person_id || ' ' || asked.project_id <> all(@tried)
		order by 1 limit 1`,
	lead.ClockLeave: `
		select project.id, project.id as project, '' as window
		from term
		join project on project.id = term.project_id
		join person on person.id = term.person_id
		left join lateral ` + core.Spells("person.id") + ` leave on leave.spell @> @day::date and ` + longLeave + ` and ` + core.ActiveToday + `
		where term.role = 'primary' and term.state in ` + core.TermHolds + `
			and term.leave_seen is distinct from case when leave.spell is not null then coalesce(upper(leave.spell) - 1, date '9999-12-31') end
			and project.id <> all(@tried)
		order by project.id
		limit 1`,
	lead.ClockWord: fmt.Sprintf(`
		select term.id::text as id, term.project_id as project, '' as window
		from term
		where term.role = 'primary' and term.state in `+core.TermHolds+` and term.id::text <> all(@tried)
			and exists (select from phase where phase.project_id = term.project_id) and (
			term.word_due is null
			or term.word_told = '' and term.word_due + %d <= @day::date
			or term.word_told = 'lead' and term.word_due + %d <= @day::date
		)
		order by term.word_due nulls first, term.id
		limit 1`, skein.WordReminder, skein.WordLate),
	lead.ClockOpen: fmt.Sprintf(`
		select id::text as id, project_id as project, '' as window
		from claim_window
		where state = 'open' and closes_at is null and coalesce(asked_at, opened_at) + interval '%d hours' <= @now::timestamptz
			and id::text <> all(@tried)
		order by coalesce(asked_at, opened_at), id
		limit 1`, lead.StillOpen/time.Hour),
	lead.ClockLast: untakenTo(fmt.Sprintf("project.end_on <= @day::date and project.end_on + %d >= @day::date and project.end_told is distinct from project.end_on", lead.PastDays)),
	lead.ClockPast: untakenTo(fmt.Sprintf("project.end_on + %d < @day::date", lead.PastDays)),
}

// untakenTo finds the first open project of that last day which nobody leads or comes to lead.
func untakenTo(day string) string {
	return `
		select project.id, project.id as project, '' as window
		from project
		where project.state = 'open' and ` + day + `
			and not exists (select from claim_window where claim_window.project_id = project.id and claim_window.state = 'picked')
			and not exists (
				select from term
				where term.project_id = project.id and term.role = 'primary' and term.state in ` + core.TermComing + `
			)
			and project.id <> all(@tried)
		order by project.end_on, project.id
		limit 1`
}

// awayTill holds where the leave of a person lasts for all that is left of the time to answer: lead's
// covers.
func awayTill(answerBy string) string {
	return core.AwayUntil + ` >= @day::date + greatest(0, ceil(extract(epoch from ` + answerBy + ` - @now::timestamptz) / 86400))::int`
}

// askedSQL lists what waits for people that goes on to others when they are away: see lead's PersonAway.
var askedSQL = `
with on_leave as (
	select person_id as id from absence where from_on <= @day::date and coalesce(until_on >= @day::date, true)
), asked as (
	select need.project_id, need.asked_of as person_id,
		coalesce(need.answer_by, @now::timestamptz + ` + seconds(lead.UndatedNeed) + `) as answer_by
	from on_leave
	join need on need.asked_of = on_leave.id and ` + core.NeedAsked + `
	join project on project.id = need.project_id and project.state in ` + core.ProjectIsLead + `
	union all
	select project_id, asked_of, answer_by from pick where state = 'waiting' and asked_of in (select id from on_leave)
	union all
	select project_id, person_id, answer_by from stand_in where state = 'asked' and person_id in (select id from on_leave)
	union all
	select project_id, person_id, answer_by from term where role = 'co' and state = 'offered' and person_id in (select id from on_leave)
	union all
	select project_id, person_id, ` + standsUntil + `
	from stand_in
	where state = 'standing' and from_on <= @day::date and person_id in (select id from on_leave)
	union all
	select project_id, person_id, answer_by from invite where state = 'waiting' and person_id in (select id from on_leave)
	union all
	select claim.project_id, named.person_id, ending.due
	from claim
	cross join lateral (
		values (claim.with_person_id, claim.with_agreed_at), (claim.coach_id, claim.coach_agreed_at)
	) named (person_id, agreed_at)
	join (` + windowEnds + `) ending on ending.id = claim.window_id
	where claim.state = 'submitted' and named.agreed_at is null and named.person_id in (select id from on_leave)
)`

// windowEnds is when each window closes in which claims gather: lead's ClosesBy. An end that follows
// from the claims that stand is kept nowhere: on trust it is a while after the first ready one, else a
// whole window after the first. @day is the organisation's.
var windowEnds = strings.NewReplacer(
	"GREAT", strconv.Itoa(skein.GreatUrgency),
	"URGENT_WINDOW", seconds(skein.UrgentWindow), "URGENT_START", seconds(skein.UrgentHeadStart), "HEAD_START", seconds(skein.HeadStart),
).Replace(`
	select claim_window.id,
		claim_window.project_id,
		coalesce(claim_window.closes_at, (
			select case
				when min(sent.came) filter (where sent.zone = 'ready') is not null
					and coalesce(claim_window.trust, trust_on(project.trust, project.trust_until, @day)) = 'open'
				then min(sent.came) filter (where sent.zone = 'ready')
					+ case when coalesce(phase.urgency, 0) >= GREAT then URGENT_START else HEAD_START end
				else min(sent.came) + greatest(
					case when coalesce(phase.urgency, 0) >= GREAT
						then least(interval '1 hour' * organisation.window_hours, URGENT_WINDOW)
						else interval '1 hour' * organisation.window_hours
					end,
					interval '24 hours' * (select max(number) from guardrail where kind = 'shortest_window' and retired_at is null)
				)
			end
			from (
				select greatest(claim.submitted_at, claim_window.opened_at) as came, claim.zone
				from claim
				where claim.window_id = claim_window.id and claim.state = 'submitted'
			) sent
		)) as due
	from claim_window
	join project on project.id = claim_window.project_id
	join phase on phase.id = claim_window.phase_id
	cross join organisation
	where claim_window.closed_at is null`)

// longLeave holds of a spell of leave of a lead that Skein sees to: lead's onLongLeave.
var longLeave = fmt.Sprintf(`coalesce(upper(leave.spell) - lower(leave.spell), %d) > %d`, lead.LeaveOpens+1, lead.LeaveAsks)

// OnLongLeave tells whether somebody is on a leave on a day for which, where they lead, a steward acts in their place:
// lead's onLongLeave. Both are SQL.
func OnLongLeave(person, day string) string {
	return `exists (select from ` + core.Spells(person) + ` leave where leave.spell @> ` + day + `::date and ` + longLeave + `)`
}

// standsUntil is up to when whoever stands in may be away before the next is asked: lead's awayTooLong.
var standsUntil = fmt.Sprintf(
	`@now::timestamptz + interval '1 day' * greatest(0, least(coalesce(until_on, date '9999-12-31'), @day::date + %d) - @day::date)`, lead.AwayTooLong+1)

// seconds is a length of time as SQL says it.
func seconds(d time.Duration) string { return fmt.Sprintf("interval '%d seconds'", int(d/time.Second)) }

// earliest finds the first row of a table whose time has come while it waits.
func earliest(table, id, due, come, waits string) string {
	return `
		select ` + table + `.` + id + `::text as id, ` + table + `.project_id as project, '' as window
		from ` + table + `
		where ` + due + ` ` + come + ` and ` + waits + ` and ` + table + `.` + id + `::text <> all(@tried)
		order by ` + due + ` limit 1`
}
