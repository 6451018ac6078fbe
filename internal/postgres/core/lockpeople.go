package core

import (
	"context"

	"github.com/jackc/pgx/v5"

	"skein/internal/skein"
)

// personLock is the first number of the advisory locks on people.
const personLock = 7_336

// LockPeople keeps what people hold from being changed by others until the transaction ends. It locks
// ascending by the lock's number, so it is called once in a transaction, with everybody.
func LockPeople(ctx context.Context, tx pgx.Tx, people []skein.PersonID) error {
	return Exec(ctx, tx, `
		select pg_advisory_xact_lock($2, number)
		from (select distinct hashtext(id) as number from unnest($1::text[]) id order by number) people`,
		Texts(people), personLock)
}
