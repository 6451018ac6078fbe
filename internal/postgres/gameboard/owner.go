package gameboarddb

import (
	"context"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// ownerHere refuses, at its field, somebody who is to answer for a priority or a guardrail and is not
// with the organisation. Whoever answered for it before may stay, so that a change of something else
// does not fail on somebody who has left.
func ownerHere(ctx context.Context, tx pgx.Tx, by skein.By, before, owner skein.PersonID) error {
	if owner == "" || owner == before {
		return nil
	}
	var here bool
	err := tx.QueryRow(ctx, `select exists (select from person where person.id = @owner and `+core.ActiveToday+`)`,
		pgx.NamedArgs{"owner": owner, "today": by.Day}).Scan(&here)
	if err == nil && !here {
		err = skein.Invalid{{Field: "owner", Message: "Choose somebody who is with the organisation, or nobody."}}
	}
	return err
}
