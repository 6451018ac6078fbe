package server

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"skein/internal/skein"
	"skein/web/path"
)

// A claim that was begun and not sent, or sent and taken back, is known to its claimant alone.
func TestAClaimThatIsNotSentIsItsClaimantsAlone(t *testing.T) {
	t.Parallel()
	h := openLead(t)
	ines, hamish := h.able("Ines Calder", 4), h.able("Hamish Orde", 4)
	data := func() string { return h.as(hamish).get(path.SettingsData).is(http.StatusOK).body }
	h.as(ines).post(claimPath+"/draft", "why", "My quokka reasons.", "with", "Hamish Orde").is(http.StatusNoContent)
	if strings.Contains(data(), "quokka") {
		t.Error("a draft's text is in the data of who is named in it")
	}
	h.as(hamish).get(claimPath).is(http.StatusOK).silent("quokka")
	h.as(ines).post(claimPath, "why", "My quokka reasons.", "with", "Hamish Orde").goesTo(claimPath)
	if !strings.Contains(data(), "quokka") {
		t.Error("whoever is asked to claim along does not have what they are asked")
	}
	h.as(hamish).get(claimPath).says("main", "quokka")
	h.as(ines).post(claimPath + "/withdraw").is(http.StatusSeeOther)
	if strings.Contains(data(), "quokka") {
		t.Error("a claim that was taken back is in the data of who was named in it")
	}
	h.as(hamish).get(claimPath).is(http.StatusOK).silent("quokka")
	h.as(hamish).get(path.Home).is(http.StatusOK).silent("quokka")
}

// That somebody claimed and took it back is nobody's to know: the result says what it says where nobody
// ever claimed.
func TestTheResultDoesNotTellOfAClaimTakenBack(t *testing.T) {
	t.Parallel()
	h := openLead(t)
	never := h.as("judith-amadi").get(resultPath).is(http.StatusOK).said("main")
	ines := h.able("Ines Calder", 4)
	h.as(ines).post(claimPath, "why", "I know these mains.").goesTo(claimPath)
	h.as(ines).post(claimPath + "/withdraw").is(http.StatusSeeOther)
	// the window begins again, with what was taken back left behind in the one before
	h.exec(`update claim_window set state = 'restarted', closed_at = $1, number = 1`, wall)
	h.exec(`insert into claim_window (project_id, phase_id, number, opened_at, closes_at, seed)
		select project_id, phase_id, 2, $1, $1::timestamptz + interval '7 days', 'x' from claim_window`, wall)
	for _, who := range []string{"judith-amadi", "marta-oyelaran", "ines-calder"} {
		if got := h.as(skein.PersonID(who)).get(resultPath).is(http.StatusOK).said("main"); got != never {
			t.Errorf("%s reads %q, not %q", who, got, never)
		}
	}
}

// Why a pick was returned is for those who had claimed: not for whoever claims later, nor for others.
func TestAReasonForReturningAPickIsForClaimants(t *testing.T) {
	t.Parallel()
	h, ines, hamish := decidedLead(t)
	late := h.able("Noor Basri", 4)
	h.checkAs("marta-oyelaran", "answer", "return", "reason", "Quokka misread the mains.").is(http.StatusSeeOther)
	h.exec(`insert into hat (person_id, kind, given_at) values ('judith-amadi', 'administrator', $1)`, wall)
	for _, who := range []string{string(ines), string(hamish)} {
		h.as(skein.PersonID(who)).get(claimPath).is(http.StatusOK).says("main", "Quokka misread")
	}
	h.as(late).post(claimPath, "why", "Me too.").goesTo(claimPath)
	for _, who := range []string{string(late), "judith-amadi"} {
		for _, at := range []string{claimPath, resultPath, "/projects/sensors", path.Home, path.Teams, path.TeamsIn("leaks", ""), path.TeamsIn("leaks", "tree"), path.Notices, path.SettingsData, path.AdminAudit, path.AdminAuditExport, path.AdminAudit + "?action=pick"} {
			h.as(skein.PersonID(who)).get(at).silent("Quokka")
		}
	}
}

// Before claims close nobody is named who will check: a name that changes when somebody claims tells it.
func TestNobodyIsNamedAsCheckerBeforeTheClose(t *testing.T) {
	t.Parallel()
	h := openLead(t)
	ines := h.able("Ines Calder", 4)
	for _, at := range []string{claimPath, "/projects/sensors", "/how", resultPath, path.Teams, path.TeamsIn("leaks", "")} {
		before := h.as(ines).get(at).is(http.StatusOK)
		for _, name := range []string{"Marta Oyelaran, or the next", "Marta Oyelaran checks", "Owen Tay checks"} {
			before.silent(name)
		}
	}
	h.as(ines).get(claimPath).says("main", "Somebody who has no part in it checks it.")
	says := h.as(ines).get(claimPath).said("main")
	// the nearest steward claims
	h.exec(`insert into claim (window_id, project_id, phase_id, person_id, state, drafted_at, changed_at, submitted_at)
		select id, project_id, phase_id, 'marta-oyelaran', 'submitted', $1, $1, $1 from claim_window`, wall)
	if got := h.as(ines).get(claimPath).said("main"); got != says {
		t.Errorf("the page is another once a steward has claimed:\n%s\n%s", says, got)
	}
}

// When a pick is returned, what was claimed stands and is as sealed as before: nothing tells how many were
// compared, nor that nobody would have taken it, until the next pick is told.
func TestAReturnedPickTellsNothingOfWhoClaimed(t *testing.T) {
	t.Parallel()
	h, ines, _ := decidedLead(t)
	h.person("Adam Bell", administrator)
	kim := h.able("Kim Vale", 3)
	h.exec(`insert into claim (window_id, project_id, phase_id, person_id, state, drafted_at, changed_at, submitted_at)
		select id, project_id, phase_id, $1, 'withdrawn', $2, $2, $2 from claim_window`, kim, wall)
	h.checkAs("marta-oyelaran", "answer", "return", "reason", "Misread.").is(http.StatusSeeOther)
	copied := func() string { return h.as("adam-bell").get(path.AdminAuditExport).is(http.StatusOK).body }
	if log := copied(); strings.Contains(log, "compared") || !strings.Contains(log, "pick.return") {
		t.Errorf("the log tells what was compared, or not that it was returned:\n%s", log)
	}
	for _, who := range []skein.PersonID{kim, ines} {
		if data := h.as(who).get(path.SettingsData).is(http.StatusOK).body; strings.Contains(data, `"claimed": 2`) {
			t.Errorf("%s reads how many claims stand:\n%s", who, data)
		}
	}
	h.as("judith-amadi").get(resultPath).is(http.StatusOK).says("h1", "gathered again").says("main", "returned it").silent("Nobody who claimed", "Ines", "Hamish")
	h.tick(week)
	h.checkAs("marta-oyelaran", "answer", "confirm").is(http.StatusSeeOther)
	if log := copied(); strings.Count(log, `""compared"":2`) != 2 {
		t.Errorf("both picks are told of by now:\n%s", log)
	}
}

// Whoever could read what others claimed does not claim against them while that stands, sealed.
func TestWhoCheckedAReturnedPickDoesNotClaimAgainstWhatTheyRead(t *testing.T) {
	t.Parallel()
	h, _, _ := decidedLead(t)
	for _, skill := range []string{"valves", "maps"} {
		h.exec(`insert into evidence (person_id, skill_id, kind, level, observed_on, source)
			select person, $1, 'outcome', 5, '2026-03-01', source from unnest(array['marta-oyelaran', 'owen-tay']) person, unnest(array['a', 'b', 'c']) source`, skill)
	}
	h.tick(48 * time.Hour) // Marta is silent, and Owen is asked
	h.checkAs("owen-tay", "answer", "return", "reason", "Misread.").is(http.StatusSeeOther)
	for _, who := range []skein.PersonID{"marta-oyelaran", "owen-tay"} {
		h.as(who).post(claimPath, "why", "Better than they.", "read", "yes").is(http.StatusForbidden).says("main", "could read what others claimed")
		h.as(who).post(claimPath+"/draft", "why", "Better than they.").is(http.StatusForbidden)
		h.as(who).post(claimPath + "/withdraw").is(http.StatusNotFound)
	}
	if n := h.count(`select count(*) from claim where person_id in ('marta-oyelaran', 'owen-tay')`); n != 0 {
		t.Errorf("%d claims of theirs are left", n)
	}
	kim := h.able("Kim Vale", 5)
	h.as(kim).post(claimPath, "why", "Me too.").goesTo(claimPath)
	h.tick(week)
	h.checkAs("marta-oyelaran", "answer", "confirm").is(http.StatusSeeOther)
	h.exec(`update claim_window set state = 'restarted' where state = 'picked'`)
	h.exec(`update term set state = 'declined', ended_at = offered_at`)
	h.exec(`insert into claim_window (project_id, phase_id, number, opened_at, closes_at, seed)
		select project_id, phase_id, 9, $1, $1::timestamptz + interval '7 days', 'x' from claim_window limit 1`, *h.now.Load())
	h.as("owen-tay").post(claimPath, "why", "It is decided among them.").goesTo(claimPath)
}

// The list, the tree and the map of teams say that claims gather, or are being decided, and nothing of whose
// or how many they are: to the letter, and to the bytes that the map is drawn from.
func TestTheMapTellsNothingOfClaims(t *testing.T) {
	t.Parallel()
	pages := []string{path.Teams, path.TeamsIn("", "tree"), path.TeamsIn("network", ""), path.TeamsIn("leaks", ""), path.TeamsIn("leaks", "tree"), path.Team("leaks")}
	var gathers, closed [3]string // by how many have claimed
	for n := range gathers {
		t.Run([]string{"nobody claims", "one claims", "two claim"}[n], func(t *testing.T) {
			h := openLead(t)
			h.person("Eve Adams", executive)
			claimants := []skein.PersonID{h.able("Ines Calder", 4), h.able("Hamish Orde", 3)}
			all := func() string {
				says := ""
				for _, who := range []skein.PersonID{"owen-tay", "judith-amadi", "eve-adams"} {
					for _, at := range pages {
						says += "\n" + string(who) + " " + at + anySecret.ReplaceAllString(anyID.ReplaceAllString(h.as(who).get(at).is(http.StatusOK).body, "ID"), "$1")
					}
				}
				return says
			}
			for _, who := range claimants[:n] {
				h.as(who).post(claimPath, "why", "I know these mains.").goesTo(claimPath)
			}
			gathers[n] = all()
			h.tick(week)
			closed[n] = all()
			if n > 0 {
				h.as("owen-tay").get(path.TeamsIn("leaks", "")).says(".map-lines", "closed, being decided")
			}
		})
	}
	for _, n := range []int{1, 2} {
		if gathers[n] != gathers[0] {
			t.Errorf("%d claims show while they gather%s", n, differs(gathers[0], gathers[n]))
		}
	}
	if closed[1] != closed[2] {
		t.Errorf("how many claimed shows before the telling%s", differs(closed[1], closed[2]))
	}
}
