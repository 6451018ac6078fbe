package leaddb

import (
	"slices"

	"github.com/jackc/pgx/v5"

	"skein/internal/lead"
	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// pickPart are the picks of the window, with those who check them.
var pickPart = part{
	rows: list(func(l *lead.Lead) *[]skein.Pick { return &l.Picks }, `
		select`+pickColumns+` from pick where pick.window_id = `+presentWindow+` order by pick.number for update`,
		func(p skein.Pick) skein.PickID { return p.ID }, savePick),
	due: map[lead.Clock]string{
		lead.ClockPick: earliest("pick", "id", "answer_by", "<= @now", `state = 'waiting'`),
	},
	ahead: map[lead.Clock]string{
		lead.ClockPick: `select answer_by, project_id from pick where state = 'waiting'`,
	},
	held: `select project_id, asked_of from pick where state = 'waiting'`,
}

// invitePart are the invitations of the window.
var invitePart = part{
	rows: list(func(l *lead.Lead) *[]skein.Invite { return &l.Invites }, `
		select`+inviteColumns+` from invite where invite.window_id = `+presentWindow+` order by invite.person_id for update`,
		func(i skein.Invite) [2]string { return [2]string{string(i.Window), string(i.Person)} }, saveInvite),
	due: map[lead.Clock]string{
		lead.ClockInvite: earliest("invite", "window_id", "answer_by", "<= @now", `state = 'waiting'`),
	},
	ahead: map[lead.Clock]string{
		lead.ClockInvite: `select answer_by, project_id from invite where state = 'waiting'`,
	},
	held: `select project_id, person_id from invite where state = 'waiting'`,
}

// needPart is what the lead gets, a list that is kept in its order.
var needPart = part{
	rows: rows{
		read: func(b *pgx.Batch, l *lead.Lead, args pgx.NamedArgs) {
			core.Collect(b, &l.Needs, `
		select`+needColumns+` from need where need.project_id = @project order by need.place, need.id for update`, args)
		},
		keep: func(l *lead.Lead) { l.Needs = slices.Clone(l.Needs) },
		save: func(b *pgx.Batch, was, is *lead.Lead) { saveNeeds(b, was.Needs, is.Needs) },
	},
	due: map[lead.Clock]string{
		lead.ClockNeed: `
		select need.id::text as id, need.project_id as project, '' as window
		from need
		join project on project.id = need.project_id and project.state in ` + core.ProjectIsLead + `
		where need.answer_by <= @now and ` + core.NeedAsked + ` and need.id::text <> all(@tried)
		order by need.answer_by limit 1`,
	},
	ahead: map[lead.Clock]string{
		lead.ClockNeed: `
		select need.answer_by, need.project_id
		from need
		join term on term.project_id = need.project_id and term.state = 'accepted'
		where ` + core.NeedAsked,
	},
	held: `select project_id, asked_of from need where ` + core.NeedAsked,
}

// termPart are the times in office: a project has one lead at a time.
var termPart = part{
	rows: overFirst(func(l *lead.Lead) *[]skein.Term { return &l.Terms },
		`select`+termColumns+` from term where term.project_id = @project order by term.id for update`,
		func(t skein.Term) skein.TermID { return t.ID }, func(t skein.Term) bool { return !t.State.Placed() }, saveTerm),
	due: map[lead.Clock]string{
		lead.ClockOffer: earliest("term", "id", "answer_by", "<= @now", `state in `+core.TermUnanswered),
		lead.ClockNeeds: earliest("term", "id", "needs_by", "<= @now", `state = 'accepted'`),
		lead.ClockStart: earliest("term", "id", "starts_on", "<= @day", `state = 'accepted'`),
		lead.ClockEnd:   earliest("term", "id", "ends_on", "< @day", `(state in `+core.TermHolds+` or state = 'accepted' or state = 'offered' and role = 'primary')`),
	},
	ahead: map[lead.Clock]string{
		lead.ClockOffer: `select answer_by, project_id from term where state in ` + core.TermUnanswered,
		lead.ClockNeeds: `select needs_by, project_id from term where state = 'accepted'`,
		lead.ClockStart: `
		select term.starts_on::timestamp at time zone organisation.zone, term.project_id
		from term
		cross join organisation
		where term.state = 'accepted'`,
	},
	held: `select project_id, person_id from term where state in ` + core.TermPlaced,
}

// standInPart are those who stand in: one at a time is asked or does.
var standInPart = part{
	rows: overFirst(func(l *lead.Lead) *[]skein.StandIn { return &l.StandIns }, `
		select`+standInColumns+` from stand_in where stand_in.project_id = @project order by stand_in.asked_at, stand_in.id for update`,
		func(s skein.StandIn) skein.StandInID { return s.ID }, func(s skein.StandIn) bool { return !s.State.Open() }, saveStandIn),
	due: map[lead.Clock]string{
		lead.ClockStand: `
		select stand_in.id::text as id, stand_in.project_id as project, '' as window
		from stand_in
		where stand_in.state in ` + core.StandInOpen + ` and stand_in.id::text <> all(@tried) and (
			stand_in.state = 'asked' and stand_in.answer_by <= @now
			or stand_in.until_on < @day::date
			or stand_in.of_leave and exists (
				select from term
				join person on person.id = term.person_id and ` + core.ActiveToday + `
				where term.project_id = stand_in.project_id and term.person_id = stand_in.for_id and term.role = 'primary'
					and term.state in ` + core.TermHolds + `
			) and not exists (
				select from absence
				where absence.person_id = stand_in.for_id
					and coalesce(absence.until_on >= greatest(@day::date, stand_in.from_on), true)
					and coalesce(absence.from_on <= stand_in.until_on, true)
			)
		)
		order by stand_in.answer_by, stand_in.id
		limit 1`,
	},
	ahead: map[lead.Clock]string{
		lead.ClockStand: `select answer_by, project_id from stand_in where state = 'asked'`,
	},
	held: `select project_id, person_id from stand_in where state in ` + core.StandInOpen,
}

// memberPart is who is in the team now.
var memberPart = part{
	rows: list(func(l *lead.Lead) *[]skein.Member { return &l.Team }, `
		select project_id as project, person_id as person, joined_at, left_at, brings
		from member
		where project_id = @project and left_at is null
		order by joined_at, person_id`,
		memberKey, saveMember),
	held: `select project_id, person_id from member where left_at is null`,
}

// leftMemberPart is who was in the team before, which no verb changes.
var leftMemberPart = part{rows: list(func(l *lead.Lead) *[]skein.Member { return &l.WereInTeam }, `
	select project_id as project, person_id as person, joined_at, left_at, brings
	from member
	where project_id = @project and left_at is not null
	order by joined_at, person_id`, memberKey, saveMember)}

// reviewPart are the reviews of claims in the window. What somebody was asked to review who leaves is passed on by its clock.
var reviewPart = part{
	rows: list(func(l *lead.Lead) *[]skein.Review { return &l.Reviews }, `
		select`+reviewColumns+`
		from review
		join claim on claim.id = review.claim_id
		where claim.window_id = `+presentWindow+`
		order by review.asked_at, review.id
		for update of review`,
		func(r skein.Review) skein.ReviewID { return r.ID }, saveReview),
	due: map[lead.Clock]string{
		lead.ClockReview: `
		select review.id::text as id, review.project_id as project, claim.window_id::text as window
		from review
		join claim on claim.id = review.claim_id
		join person on person.id = review.asked_of
		where (answer_by <= @now or ` + core.Left + ` or ` + awayTill("review.answer_by") + `) and answered_at is null and review.id::text <> all(@tried)
		order by answer_by limit 1`,
	},
	ahead: map[lead.Clock]string{
		lead.ClockReview: `select answer_by, project_id from review where answered_at is null`,
	},
}

func memberKey(m skein.Member) [2]string { return [2]string{string(m.Person), m.JoinedAt.String()} }
