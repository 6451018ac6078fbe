package server

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"strings"
	"sync"
	"testing"

	"skein/internal/skein"
	"skein/web/path"
)

// kept is the house of teams with an administrator.
func kept(t *testing.T) (h *house, owen *browser) {
	h, _, _, _ = teams(t)
	return h, h.as(h.person("Owen Pell", administrator))
}

// gathering opens claims for a project, which restarts say have begun again so often.
func (h *house) gathering(project string, restarts int) {
	h.exec(`
		insert into claim_window (project_id, phase_id, number, opened_at, closes_at, seed, state, restarts)
		select $1, id, 1, $2, $2::timestamptz + interval '7 days', 'seed', 'open', $3 from phase where project_id = $1`, project, wall, restarts)
}

func (h *house) claimed(project, person string) {
	h.exec(`
		insert into claim (window_id, project_id, phase_id, person_id, state, why, drafted_at, changed_at, submitted_at)
		select id, project_id, phase_id, $2, 'submitted', 'I know it.', $3, $3, $3 from claim_window where project_id = $1 and state in ('open', 'inviting')`, project, person, wall)
}

func (b *browser) version(at, action string) string {
	v, _ := b.get(at).is(http.StatusOK).Find(`form[action="` + action + `"] [name=version]`).Attr("value")
	return v
}

// close closes a circle as its page shows it.
func (b *browser) close(id string) *answer {
	at := path.CloseTeam(id)
	return b.post(at, "version", b.version(at, at))
}

func TestTeamsAreListedAsATree(t *testing.T) {
	t.Parallel()
	h, owen := kept(t)
	h.circle("Night Watch", "leaks")
	at := path.AdminTeams
	list := owen.get(at).is(http.StatusOK).says("h1", "Teams").has(4, "#all h2").
		says(`#all .row:nth-child(3) .note`, "One person, two leads. Its steward is Dario Venn.").
		has(1, `#all .nested-2 a[href="/admin/teams/night-watch"]`).has(0, "#closed")
	var order []string
	for _, a := range list.Find("#all h2 a").EachIter() {
		order = append(order, a.Text())
	}
	if got := strings.Join(order, ", "); got != "Network, Billing, Leaks, Night Watch" {
		t.Error(got)
	}
	owen.maxRoundTrips(4, at)
	owen.maxRoundTrips(4, path.AdminTeam("leaks"))
	owen.get(path.AdminTeam("leaks")).is(http.StatusOK).says("h1", "Leaks").says(".opening .fine", "One person and two leads of its own, one team within it.").
		says("#stewards", "Dario Venn").has(1, `.opening a[href="/admin/teams/network"]`)
	owen.get(path.AdminTeam("billing")).says("#stewards", "The steward of Network looks after it.")
	owen.get(path.AdminTeam("nowhere")).is(http.StatusNotFound)
	h.breaks("circle")
	owen.get(at).is(http.StatusInternalServerError).silent("SQLSTATE")
	owen.get(path.AdminTeam("leaks")).is(http.StatusInternalServerError).silent("SQLSTATE")
}

func TestATeamIsMade(t *testing.T) {
	t.Parallel()
	t.Run("door closed", func(t *testing.T) {
		h, _ := kept(t)
		h.anonymous().post(path.AdminTeams, "name", "Pumps").goesTo(path.SignIn)
	})
	t.Run("not theirs", func(t *testing.T) {
		h, _ := kept(t)
		h.as("marta-lind").post(path.AdminTeams, "name", "Pumps").is(http.StatusForbidden)
	})
	t.Run("broken", func(t *testing.T) {
		h, owen := kept(t)
		h.breaks("audit_event")
		owen.post(path.AdminTeams, "name", "Pumps").is(http.StatusInternalServerError).silent("SQLSTATE")
		if n := h.count(`select count(*) from circle where name = 'Pumps'`); n != 0 {
			t.Error("it was made without a row in the log")
		}
	})
	t.Run("invalid", func(t *testing.T) {
		h, owen := kept(t)
		for _, c := range []struct{ name, in, id, field, says string }{
			{"", "", "", "name", "Say what it is called."},
			{"Pu\u202emps", "", "", "name", "character"},
			{"LÉAKS", "network", "", "name", "Another one beside it has this name."},
			{"Pumps", "nowhere", "", "in", "There is no such one any more."},
			{"Pumps", "", "leaks", "id", "Another one has this id already."},
			{"Pumps", "", "..", "id", ""},
		} {
			owen.post(path.AdminTeams, "name", c.name, "in", c.in, "id", c.id, "purpose", "Water goes up").is(http.StatusUnprocessableEntity).
				says("#new .refused .wrong", c.says).has(1, "#new .refused [name="+c.field+"]").says("#new textarea", "Water goes up")
		}
		if n := h.count(`select count(*) from circle`); n != 3 {
			t.Errorf("%d circles", n)
		}
	})
	t.Run("done", func(t *testing.T) {
		h, owen := kept(t)
		owen.post(path.AdminTeams, "name", "Pumps", "in", "leaks", "id", "pu.mps", "purpose", "Water goes up").goesTo(path.AdminTeams)
		owen.post(path.AdminTeams, "name", "Leaks", "in", "leaks").goesTo(path.AdminTeams) // elsewhere a name may be had twice
		owen.post(path.AdminTeams, "name", "Roots").goesTo(path.AdminTeams)
		if got := h.text(`select string_agg(name || ' in ' || coalesce(parent_id, 'none'), ', ' order by name, parent_id) from circle`); got !=
			"Billing in network, Leaks in leaks, Leaks in network, Network in none, Pumps in leaks, Roots in none" {
			t.Error(got)
		}
		owen.get(path.AdminAudit).says("main", "Owen Pell made Pumps")
	})
}

func TestATeamIsRenamed(t *testing.T) {
	t.Parallel()
	h, owen := kept(t)
	at, page := path.RenameTeam("leaks"), path.AdminTeam("leaks")
	h.anonymous().post(at, "name", "Drips").goesTo(path.SignIn)
	h.as("marta-lind").post(at, "name", "Drips").is(http.StatusForbidden)
	owen.post(path.RenameTeam("nowhere"), "name", "Drips").is(http.StatusNotFound)
	for name, says := range map[string]string{"": "Say what it is called.", "billing": "Another one beside it", "D\u200brips\x1b": "character"} {
		owen.post(at, "name", name, "purpose", "Kept").is(http.StatusUnprocessableEntity).says("#name .wrong", says).says("#name textarea", "Kept")
	}
	owen.post(at, "name", "Leaks", "purpose", "").goesTo(page)
	if h.count(`select count(*) from audit_event where action = 'circle.rename'`) != 0 {
		t.Error("nothing was changed, and the log tells of it")
	}
	owen.post(at, "name", "Drips", "purpose", "Find them early").goesTo(page)
	owen.get(page).says("h1", "Drips").says(".purpose", "Find them early.")
	owen.get(path.AdminAudit).says("main", "Owen Pell changed what is said of Drips.Drips. Before: Leaks. What it is for.")
	h.breaks("audit_event")
	owen.post(at, "name", "Drops").is(http.StatusInternalServerError)
}

func TestATeamIsMovedWithAllThatLiesInIt(t *testing.T) {
	t.Parallel()
	h, owen := kept(t)
	h.circle("Night Watch", "leaks")
	at, page := path.MoveTeam("leaks"), path.AdminTeam("leaks")
	h.anonymous().post(at, "in", "").goesTo(path.SignIn)
	h.as("marta-lind").post(at, "in", "billing").is(http.StatusForbidden)
	owen.get(page).has(0, "#move option[value=leaks], #move option[value=night-watch]").has(1, "#move option[value=network][selected]")
	owen.post(at, "in", "night-watch").is(http.StatusUnprocessableEntity).says("#move .wrong", "Night Watch lies within Leaks, so neither would have an end.")
	owen.post(at, "in", "leaks").is(http.StatusUnprocessableEntity).says("#move .wrong", "It cannot lie within itself.")
	owen.post(at, "in", "nowhere").is(http.StatusUnprocessableEntity).says("#move .wrong", "There is no such one any more.")
	owen.post(path.MoveTeam("nowhere"), "in", "").is(http.StatusNotFound)
	owen.post(at, "in", "network").goesTo(page)
	h.circle("Other", "")
	h.exec(`insert into circle (id, name, parent_id) values ('two', 'leaks', 'other')`)
	owen.post(at, "in", "other").is(http.StatusUnprocessableEntity).says("#move .wrong", "Another one of that name lies there.")
	if h.count(`select count(*) from audit_event where action = 'circle.move'`) != 0 {
		t.Fatal("it was moved")
	}
	owen.post(at, "in", "billing").goesTo(page)
	owen.post(at, "in", "").goesTo(page)
	if got := h.text(`select string_agg(id || ' in ' || coalesce(parent_id, 'none'), ', ' order by id) from circle where id <> 'two'`); got !=
		"billing in network, leaks in none, network in none, night-watch in leaks, other in none" {
		t.Error(got)
	}
	owen.get(path.AdminAudit).says("main", "Owen Pell moved Leaks.From Network to Billing.").says("main", "Owen Pell moved Leaks.From Billing to no other.")
	h.breaks("audit_event")
	owen.post(at, "in", "billing").is(http.StatusInternalServerError)
}

func TestAMoveThatBearsOnClaimsSaysSoFirst(t *testing.T) {
	t.Parallel()
	h, owen := kept(t)
	h.gathering("desk", 0)
	h.claimed("desk", "teo-marchi")
	h.circle("Other", "")
	h.exec(`update circle set rotation = .6 where id = 'other'`)
	at := path.MoveTeam("leaks")
	first := owen.post(at, "in", "other").is(http.StatusUnprocessableEntity).says("#move [role=status]", "Night Desk").has(1, "#move option[value=other][selected]")
	seen, _ := first.Find("#move [name=seen]").Attr("value")
	if h.text(`select parent_id from circle where id = 'leaks'`) != "network" || seen == "" {
		t.Fatal("it was moved unseen")
	}
	owen.post(at, "in", "other", "seen", "something").is(http.StatusUnprocessableEntity)
	owen.post(at, "in", "other", "seen", seen).goesTo(path.AdminTeam("leaks"))
	if got := h.text(`select string_agg(state || ' ' || restarts || ' ' || coalesce(rotation::text, ''), ', ' order by number) from claim_window where project_id = 'desk'`); got !=
		"restarted 0 , open 1 0.6" {
		t.Error(got)
	}
	if n := h.count(`select count(*) from notice where kind = 'restarted' and person_id = 'teo-marchi'`); n != 1 {
		t.Errorf("told %d times", n)
	}
	if n := h.count(`select count(*) from claim join claim_window on claim_window.id = window_id where claim.state = 'submitted' and claim_window.state = 'open'`); n != 1 {
		t.Error("the claim does not stand")
	}
	h.exec(`update claim_window set restarts = 2 where state = 'open'`)
	owen.post(at, "in", "network").is(http.StatusUnprocessableEntity).says("#move .wrong", "Night Desk: claims have started again twice").silent("claimed")
}

// However claims begin again, what the stakes demand holds for them: no circle's way opens on trust what must not go wrong.
func TestWhereATeamIsMovedOrClosedTheStakesHold(t *testing.T) {
	t.Parallel()
	for name, do := range map[string]func(owen *browser){
		"moved": func(owen *browser) {
			at := path.MoveTeam("leaks")
			seen, _ := owen.post(at, "in", "other").is(http.StatusUnprocessableEntity).Find("#move [name=seen]").Attr("value")
			owen.post(at, "in", "other", "seen", seen).goesTo(path.AdminTeam("leaks"))
		},
		"closed": func(owen *browser) { owen.close("leaks").goesTo(path.AdminTeams) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, owen := kept(t)
			h.exec(`update project set trust = 'open' where id = 'desk'`)
			h.exec(`update phase set stakes = 4 where project_id = 'desk'`)
			h.gathering("desk", 0)
			h.circle("Other", "")
			h.exec(`update circle set rotation = .6 where id in ('other', 'leaks')`)
			h.exec(`update circle set rotation = .7 where id = 'network'`)
			do(owen)
			if got := h.text(`select string_agg(state || ' ' || coalesce(trust, ''), ', ' order by number) from claim_window where project_id = 'desk'`); got !=
				"restarted , open weighed" {
				t.Error(got)
			}
		})
	}
}

// A move that changes nothing for whoever claims begins nothing again.
func TestAMoveThatBearsOnNothingLeavesClaimsAlone(t *testing.T) {
	t.Parallel()
	h, owen := kept(t)
	h.circle("Night Watch", "leaks")
	h.exec(`update project set circle_id = 'night-watch' where id = 'desk'`)
	h.exec(`update circle set rotation = .6 where id = 'leaks'`)
	h.circle("Deep", "leaks")
	h.gathering("desk", 2)
	owen.post(path.MoveTeam("night-watch"), "in", "deep").goesTo(path.AdminTeam("night-watch"))
	if n := h.count(`select count(*) from claim_window`); n != 1 {
		t.Errorf("%d windows", n)
	}
}

func TestStewardsAreNamedAndTheirRolesEnd(t *testing.T) {
	t.Parallel()
	h, owen := kept(t)
	h.person("Noor Basri")
	at, page := path.NameStewards("leaks"), path.AdminTeam("leaks")
	h.anonymous().post(at, "who", "Noor Basri").goesTo(path.SignIn)
	h.as("marta-lind").post(at, "who", "Noor Basri").is(http.StatusForbidden)
	for who, says := range map[string]string{"": "Write somebody", "Nobody Known": "Nobody here is called"} {
		owen.post(at, "who", who).is(http.StatusUnprocessableEntity).says("#stewards .wrong", says)
	}
	h.exec(`update person set deactivated_at = $1 where id = 'dario-venn'`, wall)
	owen.post(at, "who", "Dario Venn").is(http.StatusUnprocessableEntity)
	owen.post(path.NameStewards("nowhere"), "who", "Noor Basri").is(http.StatusNotFound)
	for range 2 {
		owen.post(at, "who", "Noor Basri; Owen Pell").goesTo(page + "#stewards")
	}
	owen.get(page).says("#stewards", "Noor Basri").says("#stewards", "Owen Pell")
	if n := h.count(`select count(*) from notice where kind = 'access' and code = 'given' and person_id = 'noor-basri'`); n != 1 {
		t.Errorf("told %d times", n)
	}
	take := path.EndSteward("leaks")
	h.as("marta-lind").post(take, "person", "noor-basri").is(http.StatusForbidden)
	owen.post(take, "person", "noor-basri").goesTo(page + "#stewards")
	undo, _ := owen.get(page).Find("[role=status] form").Attr("action")
	if undo != path.GiveHat("noor-basri") || h.count(`select count(*) from hat where person_id = 'noor-basri'`) != 0 {
		t.Errorf("undo goes to %q", undo)
	}
	if n := h.count(`select count(*) from notice where kind = 'access' and code = 'revoked' and person_id = 'noor-basri'`); n != 1 {
		t.Errorf("told %d times", n)
	}
	h.breaks("audit_event")
	owen.post(at, "who", "Noor Basri").is(http.StatusInternalServerError)
}

func TestACloseShowsFirstWhatItDoes(t *testing.T) {
	t.Parallel()
	h, owen := kept(t)
	h.circle("Night Watch", "leaks")
	at := path.CloseTeam("leaks")
	h.anonymous().get(at).is(http.StatusSeeOther)
	h.as("marta-lind").get(at).is(http.StatusForbidden)
	h.as("marta-lind").post(at).is(http.StatusForbidden)
	owen.get(path.CloseTeam("nowhere")).is(http.StatusNotFound)
	owen.post(path.CloseTeam("nowhere")).is(http.StatusNotFound)
	shown := owen.get(at).is(http.StatusOK)
	for _, says := range []string{
		"One person goes to Network. Each is told.", "Three projects go to Network", "Night Watch lies in Network from then on.",
		"The role of Dario Venn as its steward ends. They are told.",
	} {
		shown.says("#does", says)
	}
	version := owen.version(at, at)
	owen.post(at).is(http.StatusUnprocessableEntity) // not from its page
	h.exec(`update person set circle_id = 'leaks' where id = 'owen-pell'`)
	owen.post(at, "version", version).is(http.StatusUnprocessableEntity).says("[role=alert]", "It has changed since you looked.").says("#does", "Two people go to Network.")
	h.breaks("audit_event")
	owen.close("leaks").is(http.StatusInternalServerError)
	if n := h.count(`select count(*) from circle where id = 'leaks'`); n != 1 {
		t.Error("it was closed without a row in the log")
	}
}

func TestWhatIsInAClosedTeamGoesUp(t *testing.T) {
	t.Parallel()
	h, owen := kept(t)
	h.circle("Night Watch", "leaks")
	h.exec(`insert into project (id, title, circle_id, state, proposed_by) values ('new', 'New Dykes', 'leaks', 'draft', 'teo-marchi')`)
	h.exec(`insert into phase (project_id) values ('new')`)
	h.exec(`update person set circle_id = 'leaks' where id = 'owen-pell'`)
	version := h.text(`select version::text from project where id = 'quay'`)
	owen.close("leaks").goesTo(path.AdminTeams)
	if got := h.text(`select string_agg(id || ' in ' || coalesce(parent_id, 'none'), ', ' order by id) from circle`); got !=
		"billing in network, network in none, night-watch in network" {
		t.Error(got)
	}
	for what, sql := range map[string]string{
		"people":    `select count(*) from person where circle_id = 'network' and id in ('teo-marchi', 'owen-pell')`,
		"projects":  `select count(*) - 2 from project where circle_id = 'network'`,
		"stewards":  `select 2 + count(*) from hat where circle_id = 'leaks' or person_id = 'dario-venn'`,
		"told":      `select 1 + count(*) from notice where kind = 'circle' and person_id = 'teo-marchi' and circle_id = 'leaks'`,
		"revoked":   `select 1 + count(*) from notice where kind = 'access' and code = 'revoked' and person_id = 'dario-venn'`,
		"not twice": `select 2 + count(*) from notice where kind = 'circle' and person_id = 'owen-pell'`,
		"old":       `select 1 + count(*) from project where id = 'quay' and version <> ` + version,
	} {
		if n := h.count(sql); n != 2 {
			t.Errorf("%s: %d", what, n)
		}
	}
	owen.get(path.AdminTeams).says("#closed", "Leaks").says("#closed .note", "What was in it went to Network.")
	owen.get(path.AdminAudit).says("main", "Owen Pell closed Leaks.Two people and three projects went to Network.").has(0, `a[href="/teams/leaks"]`)
	h.as("teo-marchi").get(path.Notices).says("main", "Owen Pell closed Leaks, where you were. Your page says where you are now.")
	h.as("dario-venn").get(path.Notices).says("main", "took a role from you: steward of Leaks.")
	owen.close("network").goesTo(path.AdminTeams)
	owen.close("billing").goesTo(path.AdminTeams)
	owen.close("night-watch").goesTo(path.AdminTeams) // the last of all may be closed, too
	if h.count(`select count(*) from circle`)+h.count(`select count(*) from person where circle_id is not null`)+h.count(`select count(*) from project where circle_id is not null`) != 0 {
		t.Error("something belongs to what is closed")
	}
	owen.get(path.AdminTeams).says("#all", "There is no team yet.")
	owen.post(path.AdminTeams, "name", "Leaks", "id", "leaks").goesTo(path.AdminTeams)
	owen.get(path.AdminTeams).has(1, "#all h2").has(3, "#closed .said")
	owen.get(path.AdminAudit).says("main", "Owen Pell made Leaks.It was closed before.")
}

func TestACloseBeginsClaimsAgainWhereItBears(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		set     string
		windows int
		teo     int
	}{
		"its steward goes":       {``, 2, 1},
		"nothing is other":       {`delete from hat where circle_id = 'leaks'`, 1, 0},
		"leads rotate otherwise": {`with gone as (delete from hat where circle_id = 'leaks') update circle set rotation = .6 where id = 'leaks'`, 2, 1},
		"nobody is compared":     {`with gone as (delete from hat where circle_id = 'leaks') update circle set matching = false where id = 'network'`, 1, 0},
		"people are compared":    {`with gone as (delete from hat where circle_id = 'leaks') update circle set matching = false where id = 'leaks'`, 2, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, owen := kept(t)
			h.gathering("desk", 0)
			before := owen.get(path.CloseTeam("leaks")).said("#does")
			h.claimed("desk", "teo-marchi")
			if after := owen.get(path.CloseTeam("leaks")).said("#does"); after != before {
				t.Errorf("it tells that somebody has claimed: %s", after)
			}
			if c.set != "" {
				h.exec(c.set)
			}
			owen.close("leaks").goesTo(path.AdminTeams)
			if n := h.count(`select count(*) from claim_window where project_id = 'desk'`); n != c.windows {
				t.Errorf("%d windows", n)
			}
			if n := h.count(`select count(*) from notice where kind = 'restarted' and person_id = 'teo-marchi'`); n != c.teo {
				t.Errorf("told %d times", n)
			}
			if got := h.text(`select circle_id from project where id = 'desk'`); got != "network" {
				t.Error(got)
			}
		})
	}
}

func TestACloseWaitsForClaimsWithoutTellingOfThem(t *testing.T) {
	t.Parallel()
	h, owen := kept(t)
	h.gathering("desk", 2)
	at := path.CloseTeam("leaks")
	before := owen.get(at).is(http.StatusOK).says("#waits", "Night Desk").says("#waits .note", "Claims have started again twice").
		has(0, `form[action="`+at+`"]`)
	h.claimed("desk", "teo-marchi")
	if after := owen.get(at).said("main"); after != before.said("main") {
		t.Errorf("it tells that somebody has claimed: %s", after)
	}
	owen.post(at, "version", "x").is(http.StatusUnprocessableEntity).says("#waits", "Night Desk")
	h.exec(`update claim_window set restarts = 0, state = 'picked', closed_at = $1`, wall)
	owen.get(at).says("#waits .note", "Claims for this project have closed")
	owen.post(at).is(http.StatusUnprocessableEntity)
	if n := h.count(`select count(*) from circle where id = 'leaks'`); n != 1 {
		t.Error("it was closed under them")
	}
}

func TestNamesThatWouldLieSideBySideAreRefused(t *testing.T) {
	t.Parallel()
	h, owen := kept(t)
	h.exec(`insert into circle (id, name, parent_id) values ('b2', 'BILLING', 'leaks'), ('l2', 'Leaks', 'leaks')`)
	at := path.CloseTeam("leaks")
	owen.get(at).says("#waits", "Two called BILLING would lie side by side. Rename one of them first.").has(0, `form[action="`+at+`"]`)
	owen.post(at).is(http.StatusUnprocessableEntity).says("#waits", "Two called BILLING")
	h.exec(`update circle set name = 'Bills' where id = 'b2'`)
	owen.close("leaks").goesTo(path.AdminTeams)
	if h.text(`select parent_id from circle where id = 'l2'`) != "network" {
		t.Error("what has its name did not go up")
	}
}

func TestATeamOfThousandsIsClosed(t *testing.T) {
	t.Parallel()
	h, owen := kept(t)
	h.exec(`insert into person (id, name, circle_id) select 'p' || n, 'Person ' || n, 'leaks' from generate_series(1, 5000) n`)
	owen.get(path.CloseTeam("leaks")).says("#does", "5,001 people go to Network.")
	owen.close("leaks").goesTo(path.AdminTeams)
	if n := h.count(`select count(*) from notice where kind = 'circle'`); n != 5001 {
		t.Errorf("%d told", n)
	}
	owen.get(path.AdminTeam("network")).is(http.StatusOK).says(".opening .fine", "5,001 people")
}

func TestTheOrganisationsOwnWordIsChanged(t *testing.T) {
	t.Parallel()
	h, owen := kept(t)
	at := path.AdminTeamWord
	h.anonymous().post(at, "word", "guild").goesTo(path.SignIn)
	h.as("marta-lind").post(at, "word", "guild").is(http.StatusForbidden)
	for _, c := range [][3]string{
		{"", "guilds", "Say what one is called."}, {"gu\u202eild", "", "character"}, {strings.Repeat("g", 41), "", "40 characters"}, {"guild", strings.Repeat("g", 41), "40 characters"},
	} {
		owen.post(at, "word", c[0], "words", c[1]).is(http.StatusUnprocessableEntity).says("#word .wrong", c[2])
	}
	owen.post(at, "word", "guild", "words", "teams").goesTo(path.AdminTeams + "#word") // only the first was typed
	owen.get(path.AdminTeams).says("h1", "Guilds").says("#new h2", "A new guild").says(`#word`, "What they are called").has(1, `#word [name=words][value=guilds]`)
	owen.get(path.AdminTeam("leaks")).says(".opening .fine", "no guilds within it")
	owen.post(at, "word", "body", "words", "bodies").goesTo(path.AdminTeams + "#word")
	owen.get(path.AdminTeams).says("h1", "Bodies")
	owen.get(path.AdminAudit).says("main", "Body, bodies. Before: guild.")
	if n := h.count(`select count(*) from audit_event where action = 'organisation.word'`); n != 2 {
		t.Errorf("%d rows", n)
	}
	owen.post(at, "word", "body", "words", "bodies").goesTo(path.AdminTeams + "#word")
	h.breaks("audit_event")
	owen.post(at, "word", "crew").is(http.StatusInternalServerError)
}

// Two moves at once, each of a team under the other, leave a tree: one of them is refused.
func TestTwoMovesAtOnceLeaveATree(t *testing.T) {
	t.Parallel()
	h, owen := kept(t)
	for range 5 {
		h.exec(`update circle set parent_id = 'network' where id in ('leaks', 'billing')`)
		var all sync.WaitGroup
		var status [2]int
		for i, pair := range [][2]string{{"leaks", "billing"}, {"billing", "leaks"}} {
			again := *owen
			again.cookies = maps.Clone(owen.cookies)
			all.Go(func() { status[i] = again.post(path.MoveTeam(pair[0]), "in", pair[1]).Response.StatusCode })
		}
		all.Wait()
		if status[0]+status[1] != http.StatusSeeOther+http.StatusUnprocessableEntity {
			t.Errorf("answered %v", status)
		}
		if n := h.count(`select count(*) from circle where parent_id = 'network'`); n != 1 {
			t.Errorf("%d still lie in Network", n)
		}
	}
}

// While a team is closed nobody comes to belong to it: whoever is quicker is there when it is looked at, and
// whoever is slower finds it gone.
func TestNobodyComesIntoATeamThatIsBeingClosed(t *testing.T) {
	t.Parallel()
	h, owen := kept(t)
	for i := range 8 {
		h.exec(`insert into person (id, name) values ($1, $1)`, fmt.Sprintf("p%d", i))
	}
	var all sync.WaitGroup
	all.Go(func() { owen.close("leaks") })
	for i := range 8 {
		all.Go(func() {
			err := h.db.Door.GiveHat(t.Context(), skein.By{Person: "owen-pell", At: wall, Day: skein.Day(wall)}, skein.PersonID(fmt.Sprintf("p%d", i)), steward("leaks"))
			if err != nil && !errors.Is(err, skein.ErrNotFound) {
				t.Errorf("whoever is slower finds it gone: %v", err)
			}
		})
	}
	all.Wait()
	if h.count(`select count(*) from circle where id = 'leaks'`) == 1 { // somebody was quicker than the form
		owen.close("leaks").goesTo(path.AdminTeams)
	}
	if n := h.count(`select count(*) from audit_event late, audit_event closed where closed.action = 'circle.close' and late.action = 'hat.give' and late.id > closed.id`); n != 0 {
		t.Errorf("%d came to be stewards of what was closed by then", n)
	}
}
