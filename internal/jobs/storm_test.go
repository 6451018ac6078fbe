package jobs_test

import (
	"context"
	"fmt"
	"testing"

	homedb "skein/internal/postgres/home"
	"skein/internal/postgres/pgtest"
	"skein/internal/skein"
)

// Claims for many projects close at the same moment, nobody has claimed one, and two servers ask the
// one person who is ready: never for more than they may hold, and in one notice.
func TestAStormOfInvitationsToOnePerson(t *testing.T) {
	t.Parallel()
	const projects = 12
	for name, c := range map[string]struct {
		limit string
		most  string
	}{
		"leads":    {`insert into guardrail (kind, number, reason, made_at) values ('leads_at_once', 2, 'Two at a time.', now())`, "2"},
		"hours":    {`update person set hours_per_week = 13 where id = 'zoe'`, "3"},
		"no limit": {`update person set hours_per_week = null where id = 'zoe'`, fmt.Sprint(projects)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			zoe := h.person("zoe", 5)
			h.exec(`update person set hours_per_week = null where id = 'zoe'`)
			h.exec(c.limit)
			for i := range projects {
				h.also(skein.ProjectID(fmt.Sprint("st", i))).window(week)
			}
			second := h.second(pgtest.New(t))
			h.now = h.now.Add(week)
			second.now = h.now
			for range 3 {
				h.atOnce(
					func() error { return h.clock.Tick(context.Background()) },
					func() error { return second.clock.Tick(context.Background()) },
				)
			}
			h.is(fmt.Sprint(projects), `select count(*) from audit_event where action = 'window.nobody'`)
			h.is(c.most, `select count(*) from invite where person_id = 'zoe' and state = 'waiting'`)
			for p, all := range map[skein.PersonID]string{zoe: c.most, "judith": ""} {
				told, _, err := h.db.Home.Notices(t.Context(), p, "", 30)
				if err != nil {
					t.Fatal(err)
				}
				if len(told) > 1 || all != "" && (len(told) != 1 || fmt.Sprint(told[0].Projects) != all || told[0].Kind != skein.NoticeInvite) {
					t.Errorf("%s is told %+v", p, told)
				}
			}
			home, err := h.db.Home.Home(t.Context(), homedb.HomeQuery{Person: zoe, Now: h.now, Today: h.by("").Day})
			if err != nil || home.Unseen != 1 || home.Waiters != 0 || fmt.Sprint(home.Waits) != c.most {
				t.Errorf("%+v, %v", home, err)
			}
		})
	}
}
