package mail

import (
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/postgres/pgtest"
	"skein/internal/skein"
)

// Somebody is erased while a mail to them is being handed over: that mail goes out, once, the erasure waits for it, and
// nothing of it is left; what was still to be sent is not.
func TestAnErasureWaitsForTheMailThatIsUnderWay(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.exec(`insert into person (id, name, email) values ('dot', 'Dot Reedlight', 'dot@water.example')`)
	h.exec(`insert into account (person_id, email, made_at, signed_in_at) values ('dot', 'dot@water.example', now(), now())`)
	tell := func() {
		h.must(pgx.BeginFunc(t.Context(), h.pool, func(tx pgx.Tx) error {
			return core.QueueDoorMail(t.Context(), tx, skein.By{Person: "dot", At: h.now}, core.DoorMail{Person: "dot", Kind: core.DoorCodesMade})
		}))
	}
	tell()
	erased := make(chan error, 1)
	h.sink.data = func() error {
		h.exec(`update person set deactivated_at = $1 where id = 'dot'`, h.now)
		go func() { erased <- h.db.Keep.Erase(t.Context(), pgtest.By("ben"), "dot") }()
		for range 2000 {
			if len(pgtest.Texts(t, h.pool, `select '' from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)) > 0 {
				return nil
			}
			time.Sleep(5 * time.Millisecond)
		}
		t.Error("the erasure does not wait")
		return nil
	}
	if failed := h.deliver(); failed != 0 {
		t.Errorf("%d failed", failed)
	}
	h.must(<-erased)
	h.sink.data = nil
	if failed := h.deliver(); failed != 0 || h.sink.count() != 1 {
		t.Errorf("%d failed, %d mails", failed, h.sink.count())
	}
	h.is("0", `select count(*) from mail`)
	h.is("0", `select count(*) from account where person_id = 'dot'`)
	h.is("1", `select count(*) from person where erased_at is not null`)
}
