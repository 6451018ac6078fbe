package demo_test

import (
	"context"
	"testing"
	"time"

	"skein/internal/demo"
	"skein/internal/postgres/pgtest"
)

func TestSeedMakesAPlaceWithSomethingToAnswer(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	pool := pgtest.New(t)
	now := time.Date(2026, 11, 23, 8, 30, 0, 0, time.UTC)
	made, err := demo.Seed(ctx, pool, now)
	if err != nil || !made {
		t.Fatalf("seeded %v, %v", made, err)
	}
	if made, err = demo.Seed(ctx, pool, now); err != nil || made {
		t.Fatalf("a second seed %v, %v", made, err)
	}
	for what, sql := range map[string]string{
		"Ines is offered Leak Sensors":           `select count(*) from term where project_id = 'leak-sensors' and person_id = 'ines-calder' and state = 'offered'`,
		"between equals":                         `select count(*) from pick where project_id = 'leak-sensors' and band_size = 2 and state = 'confirmed'`,
		"Marta has a pick to check":              `select count(*) from pick where project_id = 'stop-tap-register' and asked_of = 'marta-oyelaran' and state = 'waiting'`,
		"the offer's notice names no other day":  `select count(*) from notice where person_id = 'ines-calder' and kind = 'offer' and answer_by is null`,
		"neither does that of the pick to check": `select count(*) from notice where person_id = 'marta-oyelaran' and kind = 'check' and project_id = 'stop-tap-register' and answer_by is null`,
		"a co-lead's place is asked of Tomas":    `select count(*) from term where project_id = 'drought-desk' and state = 'asked'`,
	} {
		var n int
		if err := pool.QueryRow(ctx, sql).Scan(&n); err != nil || n != 1 {
			t.Errorf("%s: %d, %v", what, n, err)
		}
	}
}
