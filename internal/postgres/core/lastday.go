package core

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"skein/internal/skein"
)

// HoldsBeyond holds for people who openly hold something that lasts longer than they are here: a lead or another place
// on a project, where they stand in, a question that waits for them, a role, or what they answer for.
var HoldsBeyond = `(
    exists (
        select from term
        where term.person_id = person.id
            and (term.state in ` + TermHolds + ` or term.role = 'primary' and term.state in ` + TermComing + `)
            and coalesce(term.ends_on > person.active_until, true)
    )
    or exists (
        select from stand_in
        where stand_in.person_id = person.id and stand_in.state = 'standing' and coalesce(stand_in.until_on > person.active_until, true)
    )
    or exists (
        select from member
        join project on project.id = member.project_id and project.state in ` + ProjectUnderWay + `
        where member.person_id = person.id and member.left_at is null
    )
    or exists (
        select from need
        join project on project.id = need.project_id and project.state in ` + ProjectIsLead + `
        where need.asked_of = person.id and ` + NeedAsked + `
    )
    or exists (select from hat where hat.person_id = person.id and hat.kind = 'steward')
    or exists (select from priority where priority.owner_id = person.id and priority.retired_at is null)
    or exists (select from guardrail where guardrail.owner_id = person.id and guardrail.retired_at is null)
)`

// leaving is somebody whose last day is known, and who looks after their circle.
type leaving struct {
	Person  skein.PersonID
	LastDay skein.Date
	Steward skein.PersonID
}

// TellLastDay tells the nearest stewards of those whose last day was set or moved, where they hold something that lasts
// longer: somebody else has to take it then. Of one person and day it is told once.
func TellLastDay(ctx context.Context, tx pgx.Tx, by skein.By, people []skein.PersonID) error {
	all, err := All[leaving](ctx, tx, `
		select going.id as person, going.active_until as last_day, hat.person_id as steward
		from (
			select person.id, person.active_until, person.circle_id
			from person
			where person.id = any(@people) and person.deactivated_at is null and person.active_until >= @today and `+HoldsBeyond+`
		) going
		join lateral (
			select up.circle_id
			from circles_above(going.circle_id) up
			where exists (
				select from hat
				join person on person.id = hat.person_id
				where hat.circle_id = up.circle_id and hat.kind = 'steward' and hat.person_id <> going.id and `+ActiveToday+`
			)
			order by up.depth
			limit 1
		) nearest on true
		join hat on hat.circle_id = nearest.circle_id and hat.kind = 'steward' and hat.person_id <> going.id
		join person on person.id = hat.person_id
		where hat.person_id <> @by and `+ActiveToday+`
		order by going.id, hat.person_id`, pgx.NamedArgs{"people": people, "today": by.Day, "by": by.Person})
	if err != nil {
		return err
	}
	var notices []skein.Notice
	for _, l := range all {
		notices = append(notices, skein.Notice{
			To: l.Steward, Kind: skein.NoticeAccess, Code: skein.CodeLeaves, Subject: l.Person, Who: by.Person, On: l.LastDay,
			About: fmt.Sprintf("leaves:%s:%s", l.Person, l.LastDay.Format("2006-01-02")),
		})
	}
	return Tell(ctx, tx, by, notices)
}
