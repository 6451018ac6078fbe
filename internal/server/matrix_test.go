package server

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/go-chi/chi/v5"

	"skein/internal/postgres"
	"skein/internal/skein"
	"skein/web/path"
)

// The matrix says, for every route and every hat, whether the door opens. A route without a row
// fails, a row without a route fails, and each row is tried with each hat on a database of its own.
//
// A noun's rows are in matrix_NOUN_test.go, as a function named here.
func matrix() []row {
	return slices.Concat(doorRows(), accountRows(), adminRows(), visionRows(), projectRows(), personRows(), claimRows(), handoverRows(), changedRows(), remitRows(), outcomeRows(), decisionRows())
}

// row is one route.
type row struct {
	method string
	route  string // as chi knows it: /projects/{id}
	at     string // where it is tried; the route itself when empty
	form   []string
	// set makes what the route needs beyond the cast; it may answer another place to try.
	set  func(h *house) (at string)
	once bool // each hat in a house of its own: one who has done it leaves nothing to do for the next
	who  access
}

// access is what each hat meets.
type access map[string]outcome

// outcome is a class of answers.
type outcome string

const (
	comesIn outcome = "comes in" // the page, the act, or what is wrong with the form
	sentTo  outcome = "is sent to sign in"
	refused outcome = "is refused"
	nothing outcome = "finds nothing"
)

// The hats in whose name each route is tried.
const (
	asAnonymous     = "anonymous"
	asStaff         = "staff"
	asLead          = "lead"
	asCoLead        = "co-lead"
	asStandIn       = "stand-in" // of Night Pressure's lead, who is still there
	asSteward       = "steward"
	asExecutive     = "executive"
	asAdministrator = "administrator"
	asDeactivated   = "deactivated"
)

var everyHat = []string{asAnonymous, asStaff, asLead, asCoLead, asStandIn, asSteward, asExecutive, asAdministrator, asDeactivated}

// standIn is the row of who stands in.
const standIn = "00000000-0000-7000-8000-0000000000bb"

// everybody lets all in, signed in or not.
func everybody() access {
	who := access{}
	for _, hat := range everyHat {
		who[hat] = comesIn
	}
	return who
}

// allStaff lets in everybody signed in.
func allStaff() access {
	return everybody().but(sentTo, asAnonymous, asDeactivated)
}

// only lets in these hats, refuses others, and sends those not signed in to the door.
func only(hats ...string) access {
	return allStaff().but(refused, asStaff, asLead, asCoLead, asStandIn, asSteward, asExecutive, asAdministrator).but(comesIn, hats...)
}

// but is the same access with another outcome for these hats.
func (a access) but(o outcome, hats ...string) access {
	for _, hat := range hats {
		a[hat] = o
	}
	return a
}

// cast makes a small organisation: a circle with a steward, a project in it with a lead, a co-lead and
// somebody who stands in, another one open for claims, and one person of each hat. It returns who wears which.
func (h *house) cast() map[string]skein.PersonID {
	h.Helper()
	leaks := h.circle("Leaks", "")
	people := map[string]skein.PersonID{
		asStaff:         h.person("Teo Marchi"),
		asLead:          h.person("Ines Calder"),
		asCoLead:        h.person("Noor Basri"),
		asStandIn:       h.person("Vera Holt"),
		asSteward:       h.person("Marta Lind", steward(leaks)),
		asExecutive:     h.person("Judith Orme", executive),
		asAdministrator: h.person("Owen Pell", administrator),
		asDeactivated:   h.person("Dario Venn", executive, administrator),
	}
	h.exec(`update person set circle_id = $1`, leaks)
	h.exec(`insert into priority (id, title, place) values ('leaks-down', 'Leaks down a quarter', 1)`)
	h.exec(`
		insert into project (id, title, purpose, circle_id, priority_id, proposed_by, state, hours_per_week, start_on, end_on, published_at)
		values
			('night-pressure', 'Night Pressure', 'Lower the pressure at night.', $1, 'leaks-down', $2, 'led', 4, $3, $3::date + 90, $3),
			('meter-letters', 'Meter Letters', 'Letters that people read.', $1, 'leaks-down', $2, 'open', 4, $3, $3::date + 90, $3)`,
		leaks, people[asSteward], wall)
	h.exec(`
		insert into phase (id, project_id, uncertainty, stakes, urgency, expertise, commitment, reach, readiness)
		values
			('00000000-0000-7000-8000-000000000001', 'night-pressure', 'complex', 3, 3, 3, 3, 3, 3),
			('00000000-0000-7000-8000-000000000002', 'meter-letters', 'complex', 3, 3, 3, 3, 3, 3)`)
	h.exec(`
		insert into claim_window (project_id, phase_id, opened_at, closes_at, seed)
		values ('meter-letters', '00000000-0000-7000-8000-000000000002', $1, $1::timestamptz + interval '7 days', 'seed')`, wall)
	for person, role := range map[skein.PersonID]skein.Role{people[asLead]: skein.Primary, people[asCoLead]: skein.CoLead} {
		h.exec(`
			insert into term (project_id, phase_id, person_id, role, state, during, ends_on, live_at)
			values ('night-pressure', '00000000-0000-7000-8000-000000000001', $1, $2, 'live', daterange($3::date, null), $3::date + 90, $3)`,
			person, role, wall)
	}
	h.exec(`
		insert into stand_in (id, spell, project_id, person_id, for_id, asked_by, state, asked_at, answer_by, answered_at, from_on, until_on)
		values ($1, $1, 'night-pressure', $2, $3, $3, 'standing', $4, $4::timestamptz + interval '2 days', $4, $4::date, $4::date + 9)`,
		standIn, people[asStandIn], people[asLead], wall)
	return people
}

func TestEveryRouteIsInTheMatrix(t *testing.T) {
	t.Parallel()
	s := newServer(Config{DB: postgres.New(nil), Demo: true})
	declared := map[string]int{}
	for _, row := range matrix() {
		declared[row.method+" "+row.route]++
		for _, hat := range everyHat {
			if row.who[hat] == "" {
				t.Errorf("%s %s says nothing of %s", row.method, row.route, hat)
			}
		}
	}
	err := chi.Walk(s.routes(), func(method, route string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
		if strings.HasPrefix(route, path.StaticPrefix) {
			return nil // files that everybody may have
		}
		name := method + " " + route
		if declared[name] == 0 {
			t.Errorf("%s is not in the matrix: add a row", name)
		}
		delete(declared, name)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for name := range declared {
		t.Errorf("%s is in the matrix and no route", name)
	}
}

// meets tries what people of some hats meet, in one house.
func meets(t *testing.T, row row, hats []string) {
	t.Helper()
	h := newTest(t, func(c *Config) { c.Demo = true })
	h.exec(`update organisation set demo = true`)
	people := h.cast()
	at := h.place(row)
	browsers := map[string]*browser{asAnonymous: h.anonymous()}
	for hat, person := range people {
		browsers[hat] = h.as(person)
	}
	h.exec(`update person set deactivated_at = $2 where id = $1`, people[asDeactivated], wall)
	for _, hat := range hats {
		if got := browsers[hat].try(row, at); got != row.who[hat] {
			t.Errorf("%s %s, want: %s", hat, got, row.who[hat])
		}
	}
}

func TestEachHatMeetsWhatTheMatrixSays(t *testing.T) {
	t.Parallel()
	for _, row := range matrix() {
		t.Run(row.method+" "+row.route, func(t *testing.T) {
			t.Parallel()
			if !row.once {
				meets(t, row, row.order())
				return
			}
			for _, hat := range row.order() { // what one has done the next cannot do again
				t.Run(hat, func(t *testing.T) { meets(t, row, []string{hat}) })
			}
		})
	}
}

// order lists the hats with those last who come in: after them much is settled, and whoever would
// be refused is told that it is.
func (row row) order() []string {
	hats := slices.Clone(everyHat)
	slices.SortStableFunc(hats, func(a, b string) int {
		in := map[bool]int{true: 1}
		return in[row.who[a] == comesIn] - in[row.who[b] == comesIn]
	})
	return hats
}

// try sends a row's request and classes the answer.
func (b *browser) try(row row, at string) outcome {
	b.Helper()
	var a *answer
	if row.method == http.MethodGet {
		a = b.get(at)
	} else {
		a = b.post(at, row.form...)
	}
	switch status := a.Response.StatusCode; {
	case status == http.StatusSeeOther && strings.HasPrefix(a.Response.Header.Get("Location"), path.SignIn) && row.route != path.SignOut && row.route != path.SignOutEverywhere:
		return sentTo
	case status < 400, status == http.StatusConflict, status == http.StatusUnprocessableEntity, status == http.StatusTooManyRequests:
		return comesIn
	case status == http.StatusForbidden:
		return refused
	case status == http.StatusNotFound:
		return nothing
	default:
		b.Errorf("%s: %d\n%s", a.what, status, b.log)
		return outcome(http.StatusText(status))
	}
}
