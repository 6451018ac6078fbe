package leaddb_test

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/lead"
	"skein/internal/postgres/core"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/postgres/pgtest"
	"skein/internal/skein"
)

// The database joins leaves as the rules do, or a clock would find what the rules do not act on, or miss it.
func TestTheDatabaseJoinsLeavesAsTheRulesDo(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	today, random := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), rand.New(rand.NewPCG(1, 2))
	of := map[skein.PersonID][]skein.Absence{}
	for n := range 120 {
		p := skein.PersonID("p" + strconv.Itoa(n))
		pgtest.Put(t, pool, `insert into person (id, name) values ('`+string(p)+`', 'P')`)
		for range random.IntN(6) {
			a := skein.Absence{From: today.AddDate(0, 0, random.IntN(40)-30)}
			until := "null"
			if random.IntN(12) > 0 {
				a.Until = a.From.AddDate(0, 0, random.IntN(16))
				until = "'" + a.Until.Format(time.DateOnly) + "'"
			}
			of[p] = append(of[p], a)
			pgtest.Put(t, pool, `insert into absence (person_id, from_on, until_on) values ('`+string(p)+`', '`+a.From.Format(time.DateOnly)+`', `+until+`)`)
		}
	}
	rows, err := pool.Query(t.Context(), `
		select person.id, `+core.AwayUntil+`, `+leaddb.OnLongLeave("person.id", "@today")+`
		from person where person.id like 'p%'`, pgx.NamedArgs{"today": today})
	if err != nil {
		t.Fatal(err)
	}
	var p skein.PersonID
	var until *time.Time
	var long bool
	read := 0
	_, err = pgx.ForEachRow(rows, []any{&p, &until, &long}, func() error {
		read++
		var last skein.Date
		days := 0
		spells := skein.Spells(of[p])
		if i := slices.IndexFunc(spells, func(a skein.Absence) bool { return a.Covers(today) }); i >= 0 {
			if last = spells[i].Until; last.IsZero() {
				last = time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)
			}
			days = int(last.Sub(spells[i].From).Hours()/24) + 1
		}
		if (until == nil) != last.IsZero() || until != nil && !until.Equal(last) || long != (days > lead.LeaveAsks) {
			t.Errorf("%v: until %v, long %v; want %v, %d days", of[p], until, long, last, days)
		}
		return nil
	})
	if err != nil || read != 120 {
		t.Errorf("%d read: %v", read, err)
	}
}
