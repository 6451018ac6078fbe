package chooser_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"skein/internal/chooser"
	"skein/internal/match"
	"skein/internal/postgres"
	logdb "skein/internal/postgres/log"
	"skein/internal/skein"
)

func TestWhatIsPublishedHoldsAtOnceAndIsInTheLog(t *testing.T) {
	t.Parallel()
	pool, c := waterworks(t)
	if _, err := pool.Exec(t.Context(), `insert into circle (id, name, parent_id) values ('night', 'Night watch', 'leaks')`); err != nil {
		t.Fatal(err)
	}
	by := skein.NewBy("ada", now, time.UTC)
	if _, err := pool.Exec(t.Context(), `
		insert into circle (id, name, rotation) values ('river', 'River', -.4);
		insert into project (id, title, circle_id, state) values ('river', 'River', 'river', 'open'), ('alone', 'Alone', null, 'open');
		insert into phase (project_id) values ('river'), ('alone')`); err != nil {
		t.Fatal(err)
	}
	chosen, err := c.Publish(t.Context(), by, .6, "Chosen on the past.", func(t *match.TrustTable) { t.HalfLifeDays, t.W0 = 90, 2 })
	if err != nil || chosen != 1 {
		t.Fatalf("%d circles keep theirs, %v", chosen, err)
	}
	a, err := c.One(t.Context(), "night", "ada", skein.Day(now))
	if err != nil {
		t.Fatal(err)
	}
	if a.Query.Policy.Version != 2 || a.Query.Policy.Trust.W0 != 2 || a.Query.Rotation != .6 || a.Query.Requirements[0].HalfLife != 90 {
		t.Errorf("version %d, %+v", a.Query.Policy.Version, a.Query)
	}
	if rotation := skein.TurnsOf(&a.Query.Rotation); rotation != skein.TakeTurns {
		t.Errorf("pages call it %q", rotation)
	}
	for project, want := range map[skein.ProjectID]float64{"river": -.4, "alone": .6} {
		if a, err := c.One(t.Context(), project, "ada", skein.Day(now)); err != nil || a.Query.Rotation != want {
			t.Errorf("%s: rotation %v, %v", project, a.Query.Rotation, err)
		}
	}
	var said []string
	found, err := postgres.New(pool).Log.Audit(t.Context(), logdb.AuditQuery{Viewer: "ada"})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range found.Rows {
		said = append(said, row.Actor+" "+row.Action+" "+row.NounID)
		if row.Details["rotation"] != .6 {
			t.Errorf("the log says %v", row.Details)
		}
	}
	if got := strings.Join(said, ", "); got != "ada policy.publish 2" {
		t.Errorf("the log says %s", got)
	}
}

func TestTablesThatCannotBeOrAreOutOfDateChangeNothing(t *testing.T) {
	t.Parallel()
	pool, c := waterworks(t)
	if _, err := c.Publish(t.Context(), skein.Itself(now, time.UTC), .6, "Too far.", func(t *match.TrustTable) { t.W0 = -1 }); err == nil {
		t.Error("w0 below zero was published")
	}
	if _, err := c.Publish(t.Context(), skein.Itself(now, time.UTC), 0, "First.", func(*match.TrustTable) {}); err != nil {
		t.Fatal(err)
	}
	tables, err := postgres.New(pool).Facts.Policy(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var refused skein.Refused
	if _, err := postgres.New(pool).Gameboard.PublishPolicy(t.Context(), skein.Itself(now, time.UTC), 0, tables, .6, "Late."); !errors.As(err, &refused) {
		t.Errorf("tables made of older ones: %v", err)
	}
	policy, err := chooser.New(postgres.New(pool)).Policy(t.Context())
	if err != nil || policy.Version != 2 {
		t.Errorf("version %d, %v", policy.Version, err)
	}
	var turned int
	if err := pool.QueryRow(t.Context(), `select count(*) from policy where rotation <> 0`).Scan(&turned); err != nil || turned != 0 {
		t.Errorf("%d circles turned, %v", turned, err)
	}
}
