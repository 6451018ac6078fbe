package core

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"skein/internal/skein"
)

// TellAccess tells whom it is about, and the administrators who can come in today, that who may come in, or as what,
// has changed: so that nobody does it unseen. Whoever did it knows.
func TellAccess(ctx context.Context, tx pgx.Tx, by skein.By, n skein.Notice) error {
	people, err := Values[skein.PersonID](ctx, tx, `
		select hat.person_id
		from hat
		join person on person.id = hat.person_id
		where hat.kind = 'administrator' and`+ActiveToday+`
		union
		select @subject::text
		order by 1`, pgx.NamedArgs{"today": by.Day, "subject": n.Subject})
	if err != nil {
		return err
	}
	n.Kind = skein.NoticeAccess
	if n.Code != skein.CodeUsed { // of a link that was used, who made it is named
		n.Who = by.Person
	}
	// Each time it is another thing: a role that is given again is told again.
	n.About = fmt.Sprintf("access:%s:%s:%s:%s:%d", n.Code, n.Subject, n.Hat, n.Circle, by.At.UnixMicro())
	var all []skein.Notice
	for _, n.To = range people {
		if n.To != by.Person {
			all = append(all, n)
		}
	}
	return Tell(ctx, tx, by, all)
}
