package chooser_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"skein/internal/chooser"
	"skein/internal/postgres"
	factsdb "skein/internal/postgres/facts"
	"skein/internal/skein"
)

// TestLeadsAreFollowedWhileEverybodyIsRead has a lead change while people are read anew: what is
// beside the index is told of it, and the index knows later what it has not seen.
func TestLeadsAreFollowedWhileEverybodyIsRead(t *testing.T) {
	t.Parallel()
	pool := village(t)
	exec := func(s string) {
		if _, err := pool.Exec(t.Context(), s); err != nil {
			t.Fatalf("%v\n%s", err, s)
		}
	}
	db := postgres.New(pool)
	follower := chooser.NewFollower(db, nil, func() time.Time { return now })
	c := chooser.New(db).With(follower)
	var told []skein.ProjectID
	all := 0
	c.Beside(func(_ context.Context, _ skein.Date, changes factsdb.Changes) error {
		told = append(told, changes.Leads...)
		if changes.AllLeads {
			all++
		}
		return nil
	})
	if err := follower.Look(t.Context()); err != nil {
		t.Fatal(err)
	}
	exec(`update project set title = 'Renamed' where id = 'j1'`)
	exec(`insert into evidence (person_id, skill_id, kind, level, observed_on) values ('p3', 's0', 'outcome', 4, '2026-05-01')`)
	if err := follower.KeepUp(t.Context(), skein.AsOfDay(skein.Day(now))); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(told, []skein.ProjectID{"j1"}) || all != 1 {
		t.Errorf("told of %v, %d times of all", told, all)
	}
	if err := follower.Look(t.Context()); err != nil {
		t.Fatal(err)
	}
	r, err := c.Top(t.Context(), "j1", 9, skein.AsOfDay(skein.Day(now)))
	if err != nil || len(r.Ranked) != 1 || r.Ranked[0].Person != "p3" {
		t.Errorf("%v %+v", err, r.Ranked)
	}
	exec(`update circle set purpose = 'Less water lost.'`)
	if err := follower.Look(t.Context()); err != nil || all != 2 {
		t.Errorf("%v, told %d times of all", err, all)
	}
}
