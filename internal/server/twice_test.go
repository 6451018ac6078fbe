package server

import (
	"net/http"
	"regexp"
	"strconv"
	"testing"
	"time"

	"skein/internal/lead"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/web/path"
)

// retold is one story, told with a claim of Ines's or without it. Its moves that are hers happen in one
// telling alone.
type retold struct {
	*house
	with bool
}

// hers is a move of Ines's, whom nobody else may notice.
func (h retold) hers(move func(*browser)) {
	ines := h.as("ines-calder") // that she comes in, others may see
	if h.with {
		move(ines)
	}
}

// stories are the ways of a claim that nobody else may notice before the telling, step by step.
var stories = map[string][]func(retold){
	"a draft": {
		func(h retold) {
			h.hers(func(b *browser) { b.post(claimPath+"/draft", "why", "Mine.").is(http.StatusNoContent) })
		},
	},
	"sent, changed and taken back": {
		func(h retold) { h.hers(func(b *browser) { b.post(claimPath, "why", "Mine.").goesTo(claimPath) }) },
		func(h retold) {
			h.hers(func(b *browser) { b.post(claimPath, "why", "Mine, again.").goesTo(claimPath) })
		},
		func(h retold) { h.hers(func(b *browser) { b.post(claimPath + "/withdraw").is(http.StatusSeeOther) }) },
	},
	"sent on trust, where claims start the clock": {
		func(h retold) {
			h.exec(`update project set trust = 'open'`)
			h.exec(`update claim_window set closes_at = null, trust = 'open'`)
		},
		func(h retold) { h.hers(func(b *browser) { b.post(claimPath, "why", "Mine.").goesTo(claimPath) }) },
		func(h retold) { h.tick(23 * time.Hour) },
	},
	"sent, and what is asked changes": {
		func(h retold) { h.hers(func(b *browser) { b.post(claimPath, "why", "Mine.").goesTo(claimPath) }) },
		func(h retold) {
			by := skein.NewBy("judith-amadi", *h.now.Load(), time.UTC)
			err := h.db.Lead.UpdateLead(h.Context(), by, "sensors", func(l *lead.Lead) error {
				_, err := l.Edit(by, func(p *skein.Proposal) error { p.Phase.Situation.Stakes = 4; return nil })
				return err
			}, leaddb.WithProposal())
			if err != nil {
				h.Fatal(err)
			}
		},
		func(h retold) { h.tick(2 * 24 * time.Hour) },
	},
	"sent, and the claimant leaves": {
		func(h retold) { h.hers(func(b *browser) { b.post(claimPath, "why", "Mine.").goesTo(claimPath) }) },
		func(h retold) {
			h.exec(`update person set deactivated_at = $1 where id = 'ines-calder'`, *h.now.Load())
			h.tick(time.Minute)
		},
	},
	"sent, and who is named in it goes on leave, and leaves": {
		func(h retold) { h.able("Nils Berg", 5) },
		func(h retold) {
			h.hers(func(b *browser) {
				b.post(claimPath, "why", "Mine.", "with", "Nils Berg", "coach", "Nils Berg").goesTo(claimPath)
			})
		},
		func(h retold) {
			h.exec(`insert into absence (person_id, from_on) values ('nils-berg', $1::date)`, *h.now.Load())
			h.tick(time.Minute)
		},
		func(h retold) {
			h.exec(`update claim set coach_id = 'nils-berg', coach_agreed_at = submitted_at`)
			h.exec(`update person set active_until = $1::date - 1 where id = 'nils-berg'`, *h.now.Load())
			h.tick(time.Minute)
		},
	},
}

// others are those who have nothing to do with Ines's claim: a colleague, the proposer, the stewards, an
// executive and an administrator.
var others = []skein.PersonID{"hamish-orde", "judith-amadi", "marta-oyelaran", "owen-tay", "eve-adams", "adam-bell"}

// everywhere is where they look.
var everywhere = []string{
	path.Home, path.Leads, path.Project("sensors"), claimPath, resultPath, path.People, path.Person("ines-calder"), path.Team("leaks"), path.Teams, path.TeamsIn("", "tree"), path.TeamsIn("leaks", ""), path.TeamsIn("leaks", "tree"),
	path.Notices, path.SettingsData, path.Search + "?q=sensors", path.How, path.Admin, path.AdminVision, path.AdminAudit, path.AdminAuditExport,
	path.AdminPeople, path.AdminPerson("ines-calder"), path.EditProject("sensors"), path.PublishProject("sensors"), path.CancelProject("sensors"), path.InTheWay,
}

var (
	anyID     = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)
	anySecret = regexp.MustCompile(`("made_at": |"expiry": |name="key" value=|after=|before=)"?[^"&]*`)
)

// Nobody who has no part in a claim can tell a house in which it was made from one in which it was not:
// every page is the same to the letter, and takes as many round trips.
func TestNobodyCanTellWhetherSomebodyClaimed(t *testing.T) {
	t.Parallel()
	for name, story := range stories {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var seen [2][]map[string]string // step by step, without the claim and with it
			for i, how := range []string{"without", "with"} {
				t.Run(how, func(t *testing.T) {
					h := retold{openLead(t), i == 1}
					h.able("Ines Calder", 4)
					h.able("Hamish Orde", 3)
					h.person("Eve Adams", executive)
					h.person("Adam Bell", administrator)
					for _, move := range story {
						move(h)
						seen[i] = append(seen[i], h.seen())
					}
				})
			}
			if t.Failed() {
				return
			}
			for step, without := range seen[0] {
				for at, says := range without {
					if with := seen[1][step][at]; with != says {
						t.Errorf("step %d: %s tells of the claim%s", step+1, at, differs(says, with))
					}
				}
			}
		})
	}
}

// differs shows where two pages part.
func differs(without, with string) string {
	at := 0
	for at < min(len(without), len(with)) && without[at] == with[at] {
		at++
	}
	part := func(s string) string { return s[max(0, at-80):min(len(s), at+200)] }
	return "\nwithout: …" + part(without) + "…\nwith:    …" + part(with) + "…"
}

// seen is what everybody else sees everywhere, and how many round trips it takes.
func (h retold) seen() map[string]string {
	seen := map[string]string{}
	for _, who := range others {
		b := h.as(who)
		for _, at := range everywhere {
			before := h.trips.Load()
			a := b.get(at)
			says := anySecret.ReplaceAllString(anyID.ReplaceAllString(a.body, "ID"), "$1")
			seen[string(who)+" "+at] = strconv.Itoa(a.Response.StatusCode) + " in " + strconv.FormatInt(h.trips.Load()-before, 10) + ": " + says
		}
	}
	return seen
}

// A key is its sender's: whoever sends somebody else's does what they ask for, and learns of nothing.
func TestTwoWhoSendOneKeyDoNotMeet(t *testing.T) {
	t.Parallel()
	h := openLead(t)
	const key = "0197b2a4-0000-4000-8000-000000000001"
	ines, nils := h.as(h.able("Ines Calder", 4)), h.as(h.able("Nils Berg", 4))
	fields := []string{
		"idempotency_key", key, "title", "Quiet Valves", "purpose", "Valves that nobody hears.", "hours", "3", "end", "2026-09-30",
		"template", "try", "team", "leaks", "skill.0", "Valve data", "importance.0", "4", "level.0", "3", "must.0", "yes",
	}
	made := map[string]bool{}
	for range 2 {
		for _, b := range []*browser{ines, nils} {
			made[b.post(path.Projects, fields...).is(http.StatusSeeOther).Response.Header.Get("Location")] = true
			b.post(claimPath, "idempotency_key", key, "why", "I know these mains.").goesTo(claimPath)
		}
	}
	if n := h.count(`select count(*) from project where title = 'Quiet Valves'`); n != 2 || len(made) != 2 {
		t.Errorf("%d projects of two people, at %v", n, made)
	}
	if n := h.count(`select count(distinct person_id) from claim where state = 'submitted'`); n != 2 {
		t.Errorf("%d claims of two people", n)
	}
}
