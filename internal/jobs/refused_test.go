package jobs_test

import (
	"context"
	"sync"
	"testing"
	"time"

	doordb "skein/internal/postgres/door"
	"skein/internal/skein"
)

// refuse has somebody try in vain, from a network.
func (h *house) refuse(email, network string) {
	h.Helper()
	tried, err := h.db.Door.Try(context.Background(), doordb.Try{
		Email: email, Network: network, At: h.now, Key: func(what, name string) []byte { return []byte(what + name) },
	})
	if err == nil && tried.Wait == 0 {
		err = h.db.Door.Refused(context.Background(), tried)
	}
	if err != nil {
		h.Fatal(err)
	}
}

func TestTheLogTellsOfRefusedSignInsOnceAnHourAndAccount(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.exec(`insert into account (person_id, email, made_at) values ('marta', 'marta@corriemere.example', now()), ('owen', 'owen@corriemere.example', now())`)
	for range 5 {
		h.refuse("marta@corriemere.example", "203.0.113.0/24")
		h.refuse("marta@corriemere.example", "198.51.100.0/24")
		h.refuse("nobody@corriemere.example", "203.0.113.0/24")
		h.now = h.now.Add(10 * time.Minute)
	}
	h.refuse("owen@corriemere.example", "203.0.113.0/24")
	told := `select coalesce(string_agg(noun_id || ' ' || (details - 'hour')::text, '; ' order by id), '') from audit_told where action = 'account.refuse'`
	h.must(h.clock.Tick(context.Background()))
	if got := h.one(told); got != "" {
		t.Fatalf("told before the hour is over: %s", got)
	}
	h.now = start.Add(time.Hour + 6*time.Minute)
	var all sync.WaitGroup
	for range 4 { // servers at once
		all.Go(func() {
			if err := h.db.Door.Tick(context.Background(), skein.Itself(h.now, time.UTC), h.now); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	want := `marta {"networks": 2, "not_looked_at": 5, "wrong_passwords": 5}; owen {"networks": 1, "not_looked_at": 0, "wrong_passwords": 1}`
	if got := h.one(told); got != want {
		t.Errorf("told: %s\nwant: %s", got, want)
	}
	h.refuse("marta@corriemere.example", "203.0.113.0/24")
	h.now = h.now.Add(2 * time.Hour)
	h.must(h.clock.Tick(context.Background()))
	h.must(h.clock.Tick(context.Background()))
	if got := h.one(`select count(*) from audit_event where action = 'account.refuse'`); got != "3" {
		t.Errorf("%s rows, want one more", got)
	}
}

func TestWhatBarsNoDoorIsForgotten(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.exec(`insert into account (person_id, email, made_at) values ('marta', 'marta@corriemere.example', now())`)
	h.refuse("marta@corriemere.example", "203.0.113.0/24")
	h.refuse("nobody@corriemere.example", "203.0.113.0/24")
	h.exec(`insert into device (person_id, token_hash, made_at, used_at, expires_at) values ('marta', 'x', $1, $1, $2)`, start, start.Add(skein.DeviceLife))
	h.exec(`insert into sessions (token, data, expiry) values ('x', 'x', now() - interval '1 second')`)
	left := `select (select count(*) from sign_in_wait) || ' ' || (select count(*) from sign_in_refused) || ' ' || (select count(*) from device) || ' ' || (select count(*) from sessions)`
	for _, step := range []struct {
		after time.Duration
		want  string
	}{
		{0, "3 2 1 0"},
		{skein.TriesFade + time.Minute, "0 2 1 0"},
		{skein.RefusedKept - time.Minute, "0 2 1 0"},
		{skein.RefusedKept + time.Minute, "0 0 1 0"},
		{skein.DeviceLife + time.Minute, "0 0 0 0"},
	} {
		h.now = start.Add(step.after)
		h.must(h.clock.Tick(context.Background()))
		if got := h.one(left); got != step.want {
			t.Errorf("after %s: %s, want %s", step.after, got, step.want)
		}
	}
}
