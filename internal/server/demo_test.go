package server

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"skein/web/path"
)

// demoHouse is a demo with two people whom anybody may be, and one more.
func demoHouse(t *testing.T, options ...func(*Config)) *house {
	t.Helper()
	h := newTest(t, append([]func(*Config){func(c *Config) { c.Demo = true }}, options...)...)
	h.exec(`update organisation set demo = true, name = 'Corriemere Water'`)
	h.circle("Leaks", "")
	h.person("Marta Lind", steward("leaks"), executive)
	h.person("Teo Marchi")
	h.person("Noor Basri")
	h.exec(`update person set attributes = '{"demo": "Checks picks in Leaks."}' where id = 'marta-lind'`)
	h.exec(`update person set attributes = '{"demo": "New here.", "demo_place": "1"}' where id = 'teo-marchi'`)
	return h
}

func TestADemoOpensToTheInventedPeople(t *testing.T) {
	t.Parallel()
	h := demoHouse(t)
	b := h.anonymous()
	door := b.get("/sign-in?next=/settings/sign-in").is(http.StatusOK).says("h1", "This is a demo")
	door.has(2, "form[action='/demo/sign-in']").says("h3", "Marta Lind, executive, steward of Leaks")
	if first := door.Find("h3").First().Text(); first != "Teo Marchi" {
		t.Errorf("first is %q", first)
	}
	b.post(path.DemoSignIn, "person", "teo-marchi", "next", path.SettingsSignIn).goesTo(path.SettingsSignIn)
	b.get(path.SettingsSignIn).is(http.StatusOK).says(".me", "Teo Marchi")
	b.get(path.SignIn).is(http.StatusOK) // to become another
	b.post(path.DemoSignIn, "person", "noor-basri").is(http.StatusUnprocessableEntity)
	b.post(path.DemoSignIn).is(http.StatusUnprocessableEntity)
}

func TestWithoutTheFlagOrTheDemoOrganisationThereIsNoDemoDoor(t *testing.T) {
	t.Parallel()
	for name, start := range map[string]func(t *testing.T) *house{
		"no demo organisation": func(t *testing.T) *house {
			t.Helper()
			h := demoHouse(t)
			h.exec(`update organisation set demo = false, clock_offset = '3 days'`)
			return h
		},
		"no flag": func(t *testing.T) *house {
			t.Helper()
			return demoHouse(t, func(c *Config) { c.Demo = false })
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := start(t).anonymous()
			b.get(path.SignIn).is(http.StatusOK).says("h1", "Sign in").has(0, "form[action='/demo/sign-in']").has(0, ".demo")
			b.post(path.DemoSignIn, "person", "teo-marchi").is(http.StatusNotFound)
			b.post(path.DemoSkip).is(http.StatusNotFound)
			b.get(path.Parts).is(http.StatusNotFound)
			if b.in() {
				t.Error("somebody came in")
			}
		})
	}
}

func TestSkippingAheadMakesWhatIsDueHappen(t *testing.T) {
	t.Parallel()
	ticks := 0
	var broken error
	h := demoHouse(t, func(c *Config) {
		c.Tick = func(context.Context) error { ticks++; return broken }
	})
	teo := h.as("teo-marchi")
	teo.post(path.DemoSkip).is(http.StatusConflict).says("main", "Nothing is due")
	h.exec(`insert into project (id, title, state) values ('near', 'Night Pressure', 'open'), ('far', 'Meter Letters', 'open')`)
	h.exec(`insert into phase (id, project_id) values ('00000000-0000-7000-8000-000000000001', 'near'), ('00000000-0000-7000-8000-000000000002', 'far')`)
	h.exec(`insert into claim_window (project_id, phase_id, opened_at, closes_at, seed) values
		('near', '00000000-0000-7000-8000-000000000001', $1, $1::timestamptz + interval '2 days', 's'),
		('far', '00000000-0000-7000-8000-000000000002', $1, $1::timestamptz + interval '5 days', 's')`, wall)
	teo.post(path.DemoSkip, "next", "/settings/sign-in").goesTo("/settings/sign-in")
	page := teo.get(path.SettingsSignIn).is(http.StatusOK).says("[role=status]", "It is Wednesday 13 May, 09:00 now")
	page.says(".demo", "Wednesday 13")
	teo.post(path.DemoSkip, "project", "far").goesTo(path.Home)
	if offset := h.text(`select clock_offset::text from organisation`); offset != "120:00:01" {
		t.Errorf("moved by %s", offset)
	}
	if ticks != 2 {
		t.Errorf("%d ticks", ticks)
	}
	h.later(time.Minute)
	teo.post(path.DemoSkip).is(http.StatusConflict)
	h.exec(`update claim_window set closes_at = $1`, wall.Add(200*24*time.Hour))
	broken = errors.New("secret of ours")
	teo.post(path.DemoSkip).is(http.StatusInternalServerError).silent("secret")
}

func TestASkipThatWouldLapseOnesOwnOfferSaysSoFirst(t *testing.T) {
	t.Parallel()
	h := demoHouse(t)
	h.exec(`insert into project (id, title, state) values ('near', 'Night Pressure', 'open')`)
	h.exec(`insert into phase (project_id) values ('near')`)
	h.exec(`insert into term (project_id, person_id, state, offered_at, answer_by) values ('near', 'teo-marchi', 'offered', $1, $1::timestamptz + interval '2 days')`, wall)
	offset := func() string { return h.text(`select clock_offset::text from organisation`) }
	teo, marta := h.as("teo-marchi"), h.as("marta-lind")
	teo.post(path.DemoSkip, "next", "/people").goesTo("/people")
	warned := teo.get("/people").is(http.StatusOK).says("[role=status]", "you were chosen for Night Pressure, and the offer waits for your answer until Wednesday 09:00").
		says("[role=status]", "The clock has not moved").says("[role=status]", "Skip all the same")
	if offset() != "00:00:00" {
		t.Fatalf("the clock moved by %s", offset())
	}
	fields := []string{}
	for _, field := range warned.Find("[role=status] form input[type=hidden]").EachIter() {
		name, _ := field.Attr("name")
		value, _ := field.Attr("value")
		fields = append(fields, name, value)
	}
	teo.post(path.DemoSkip, fields...).goesTo("/people")
	if offset() != "48:00:01" {
		t.Errorf("the clock moved by %s", offset())
	}
	h.exec(`update organisation set clock_offset = '0'`)
	marta.post(path.DemoSkip).is(http.StatusSeeOther) // it is not hers that lapses
	if offset() != "48:00:01" {
		t.Errorf("for another the clock moved by %s", offset())
	}
}

// In a demo a closed door passes on at the demo's clock: by that on the wall claims for what somebody led
// would have opened a week ago, and closed in the moment in which they opened.
func TestADemoPassesOnAtItsOwnClock(t *testing.T) {
	t.Parallel()
	h := demoHouse(t)
	owen := h.as(h.person("Owen Pryce", administrator))
	h.exec(`insert into project (id, title, state) values ('near', 'Night Pressure', 'led')`)
	h.exec(`insert into phase (project_id) values ('near')`)
	h.exec(`insert into term (project_id, person_id, state, during, live_at) values ('near', 'noor-basri', 'live', '[2026-04-01,)', '2026-04-01')`)
	h.exec(`update organisation set clock_offset = '8 days'`)
	owen.post(path.DeactivatePerson("noor-basri")).goesTo(path.AdminPerson("noor-basri"))
	if n := h.count(`select count(*) from claim_window where project_id = 'near' and opened_at >= $1::timestamptz + interval '8 days'`, wall); n != 1 {
		t.Error("claims did not open at the demo's clock:", h.text(`select coalesce(max(opened_at)::text, 'not at all') from claim_window where project_id = 'near'`))
	}
}

// A demo skips to the day on which somebody begins whom a file named, and they lead.
func TestASkipGoesToTheDayOnWhichSomebodyBegins(t *testing.T) {
	t.Parallel()
	var h *house
	h = demoHouse(t, func(c *Config) {
		c.Tick = func(ctx context.Context) error {
			return h.db.Lead.Tick(ctx, wall.Add(time.Duration(h.count(`select extract(epoch from clock_offset)::int from organisation`))*time.Second), h.server.chooser.Judge())
		}
	})
	h.exec(`update organisation set zone = 'Europe/London'`)
	h.imports(map[string]string{
		"projects.csv": "id,title,start_date,requirements\nquay,Quay,2025-01-01,x:3\n",
		"leads.csv":    "project,person,role,from,until,ends_on\nquay,teo-marchi,primary,2026-09-01,,\n",
	})
	noor := h.as("noor-basri")
	noor.post(path.DemoSkip, "project", "quay").goesTo(path.Home)
	noor.get(path.Project("quay")).says("[role=status]", "It is Tuesday 1 September, 00:00 now").says("main", "Teo Marchi, since 1 September")
	h.as("marta-lind").post(path.DemoSkip, "project", "quay").is(http.StatusConflict).says("main", "nobody is to begin")
}

// The clock has moved by the time that what is due happens: whoever closes the browser leaves nothing half done.
func TestWhatIsDueHappensThoughTheBrowserGoesAway(t *testing.T) {
	t.Parallel()
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	s := &server{Config: Config{Tick: func(ctx context.Context) error {
		if _, limited := ctx.Deadline(); !limited {
			t.Error("it may take for ever")
		}
		return ctx.Err()
	}}}
	if err := s.happen(gone); err != nil {
		t.Errorf("it was cut off: %v", err)
	}
}
