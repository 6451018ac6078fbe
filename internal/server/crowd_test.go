package server

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"skein/internal/postgres"
	"skein/internal/postgres/pgtest"
	"skein/internal/skein"
)

// crowd is how many people claim one lead at once.
const crowd = 1000

// node is another server on the house's database, with connections of its own.
func (h *house) node() *house {
	h.Helper()
	pool := pgtest.New(h.TB)
	other := &house{TB: h.TB, pool: pool, db: postgres.New(pool), log: h.log}
	cfg := h.server.Config
	cfg.DB = other.db
	other.server = newServer(cfg)
	web := httptest.NewServer(other.server.routes())
	h.TB.(*testing.T).Cleanup(web.Close)
	other.url = web.URL
	return other
}

// TestAThousandClaimAtOnce: on trust, over two servers, some as the clock runs out.
func TestAThousandClaimAtOnce(t *testing.T) {
	t.Parallel()
	h, other, browsers := crowded(t)
	h.as("p1").post(claimPath, "why", "First.").goesTo(claimPath) // starts the day's clock

	var sent, late, unclear atomic.Int64
	var wg sync.WaitGroup
	runOut := make(chan struct{})
	for _, server := range []*house{h, other} {
		wg.Go(func() {
			<-runOut
			if err := server.db.Lead.Tick(context.Background(), *h.now.Load(), server.server.chooser.Judge()); err != nil {
				t.Error(err)
			}
		})
	}
	for i, b := range browsers[1:] {
		wg.Go(func() {
			if i%10 == 0 {
				<-runOut // one in ten comes as the clock runs out
			}
			switch a := b.post(claimPath, "why", "Me."); a.Response.StatusCode {
			case http.StatusSeeOther:
				if sent.Add(1) == crowd/2 { // for those who come from now on, the clock has run out
					h.later(24 * time.Hour)
					close(runOut)
				}
			case http.StatusConflict:
				late.Add(1)
			default:
				unclear.Add(1)
				t.Errorf("%s: %d %s", a.what, a.Response.StatusCode, a.said("main"))
			}
		})
	}
	wg.Wait()
	h.tick(time.Second)
	t.Logf("%d sent, %d too late", sent.Load()+1, late.Load())
	if sent.Load()+late.Load() != crowd-1 || unclear.Load() != 0 || late.Load() == 0 {
		t.Errorf("%d sent, %d late, %d unclear", sent.Load(), late.Load(), unclear.Load())
	}
	h.crowdAgrees(sent.Load() + 1)
}

// crowded is a lead on trust, two servers, and everybody's browsers, half of them at either.
func crowded(t *testing.T) (h, other *house, browsers []*browser) {
	h = openLead(t)
	h.crowd(crowd)
	other = h.node()
	browsers = make([]*browser, crowd)
	for i := range browsers {
		browsers[i] = h.as(skein.PersonID(fmt.Sprint("p", i+1)))
		if i%2 == 1 {
			browsers[i].house = other
		}
	}
	return h, other, browsers
}

// crowd makes the lead one on trust, and so many who can do it.
func (h *house) crowd(people int) {
	h.Helper()
	h.exec(`update project set trust = 'open'`)
	h.exec(`update claim_window set closes_at = null`)
	h.exec(`
		insert into person (id, name, circle_id, hours_per_week, read_how_at)
		select 'p' || n, 'Person ' || n, 'leaks', 6, $1 from generate_series(1, $2) n`, wall, people)
	h.exec(`insert into account (person_id, email, made_at) select id, id || '@corriemere.example', $1 from person where id ~ '^p[0-9]+$'`, wall)
	h.exec(`
		insert into evidence (person_id, skill_id, kind, level, observed_on, source)
		select 'p' || n, skill, 'outcome', 3 + n % 3, '2026-03-01', 'work ' || s
		from generate_series(1, $1) n, generate_series(1, 3) s, unnest(array['valves', 'maps']) skill`, people)
}

// crowdAgrees checks that the rows, the log and what people were told say the same.
func (h *house) crowdAgrees(claimed int64) {
	h.Helper()
	for what, sql := range map[string]string{
		"leads":                   `select count(*) from term where role = 'primary' and state in ('offered', 'accepted', 'live')`,
		"leads in office":         `select count(*) from term where role = 'primary' and state = 'live'`,
		"closes in the log":       `select count(*) from audit_event where action = 'window.close'`,
		"picks in the log":        `select count(*) from audit_event where action = 'pick.make'`,
		"leads in the log":        `select count(*) from audit_event where action = 'term.live'`,
		"the same lead in both":   `select count(*) from term join audit_told on noun_id = term.id::text and action = 'term.live' where details->>'person' = person_id`,
		"told that they lead":     `select count(*) from notice where kind = 'led' and code = 'you'`,
		"claims that lead":        `select count(*) from claim where state = 'live'`,
		"windows that were taken": `select count(*) from claim_window where state = 'taken'`,
	} {
		if n := h.count(sql); n != 1 {
			h.Errorf("%s: %d, want one", what, n)
		}
	}
	for what, sql := range map[string]string{
		"claims in the log": `select count(*) from audit_event where action = 'claim.submit'`,
		"claims counted":    `select claimed from claim_window`,
		"claims decided":    `select count(*) from claim where state in ('live', 'not_chosen')`,
		"people told":       `select count(*) from notice where kind = 'notchosen' or kind = 'led' and code = 'you'`,
	} {
		if n := h.count(sql); int64(n) != claimed {
			h.Errorf("%s: %d, want %d", what, n, claimed)
		}
	}
}
