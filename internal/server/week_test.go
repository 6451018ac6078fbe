package server

import (
	"net/http"
	"testing"
	"time"

	"skein/internal/skein"
	"skein/web/component"
	"skein/web/path"
)

// aWord is the row of a word of Night Pressure's lead.
const aWord = "00000000-0000-7000-8000-0000000000d1"

// said keeps a word of so many days ago.
func (h *house) said(person string, ago int) {
	h.Helper()
	h.exec(`
		insert into week_word (id, project_id, term_id, person_id, day, state, says, said_at)
		select $1, project_id, id, $2, $3::timestamptz::date - $4::int, 'at_risk', 'Two valves stick.', $3::timestamptz - make_interval(days => $4)
		from term where project_id = 'night-pressure' and role = 'primary'`, aWord, person, wall, ago)
}

// A lead says how it stands, mends it, and says the same a week later; who answers for the priority sees it.
func TestALeadTellsTheTeamHowItStands(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.exec(`update priority set owner_id = 'judith-orme'`)
	h.exec(`delete from stand_in`)
	at, project := path.Week("night-pressure"), path.Project("night-pressure")
	ines, noor, teo, judith := h.as(people[asLead]), h.as(people[asCoLead]), h.as(people[asStaff]), h.as(people[asExecutive])

	t.Run("door closed", func(t *testing.T) { h.anonymous().get(at).is(http.StatusSeeOther) })
	t.Run("nothing said", func(t *testing.T) {
		teo.get(at).is(http.StatusOK).says("main", "Nothing was said yet.").has(0, `main form[action="`+at+`"]`)
		teo.get(project).says(".panel", "Ines Calder, since 11").says(".panel", "Nothing was said yet by whoever leads it now.").has(0, "#week")
		ines.get(project).has(1, `.panel a[href="`+at+`"]`).says(".panel", "You have not said yet how it stands.")
		ines.get(path.Home).says("main", "Tell the team").silent("Same as last week")
		ines.get(at).is(http.StatusOK).says("h1", "This week on Night Pressure").says("main", "Judith Orme, who answers for its priority").silent("Same as last week")
		ines.post(at, "same", "yes").is(http.StatusConflict)
	})
	t.Run("not yours", func(t *testing.T) {
		teo.post(at, "state", "at_risk", "says", "It slips.").is(http.StatusForbidden)
		judith.post(at, "same", "yes").is(http.StatusForbidden)
		teo.get(path.Week("nothing")).is(http.StatusNotFound)
	})
	t.Run("invalid", func(t *testing.T) {
		ines.post(at, "state", "fine", "says", "Two valves stick.").is(http.StatusUnprocessableEntity).
			says(".wrong", "Say how it stands").says("textarea", "Two valves stick.")
		ines.post(at, "state", "at_risk").is(http.StatusUnprocessableEntity).says("main", "Say it in one sentence.")
	})
	t.Run("done", func(t *testing.T) {
		ines.post(at, "state", "at_risk", "says", "Two valves stick.").goesTo(project)
		version := versionOf(noor.get(at).says("textarea", "Two valves stick."), at)
		noor.post(at, "state", "off_track", "says", "Three valves stick.", component.VersionName, version).goesTo(project)
		// what was wrong is put right, and the word that was said meanwhile is told before it is replaced
		again := ines.post(at, "says", "Two valves stick, still.", component.VersionName, version).is(http.StatusUnprocessableEntity)
		ines.post(at, "state", "at_risk", "says", "Two valves stick, still.", component.VersionName, versionOf(again, at)).
			is(http.StatusUnprocessableEntity).says("main", "Three valves stick.").says("textarea", "Two valves stick, still.")
		teo.get(project).says(".panel", "Off track. Three valves stick.").says(".panel", "Noor Basri, today.").says("#week", "Three valves stick.").
			has(0, `.panel form[action$="/seen"]`)
		ines.get(project).says(".panel", "Mend today’s word")
		ines.get(path.Home).says("main", "Last word, today: off track. Three valves stick.").says("main", "Mend today’s word").silent("Same as last week")
		word := h.text(`select id::text from week_word`)
		shown := skein.Word{State: skein.WordOffTrack, Says: "Three valves stick."}.Version()
		teo.post(path.SeeWeek("night-pressure", word)).is(http.StatusForbidden)
		judith.get(project).has(1, `.panel form[action="`+path.SeeWeek("night-pressure", word)+`"]`)
		judith.post(path.SeeWeek("night-pressure", word)).is(http.StatusConflict) // which word it was, the form says
		judith.post(path.SeeWeek("night-pressure", word), "shown", shown).goesTo(project)
		judith.post(path.SeeWeek("night-pressure", word), "shown", shown).goesTo(project)
		teo.get(project).says(".panel", "Judith Orme, who answers for its priority, has seen it.")
		judith.get(project).says(".panel", "You have seen it.").has(0, `.panel form[action$="/seen"]`)
		if h.count(`select count(*) from audit_event where action like 'week.%'`) != 3 {
			t.Error("what was done is not in the log as often as it was done")
		}
	})
	t.Run("a week later", func(t *testing.T) {
		h.later(7 * 24 * time.Hour)
		ines, teo = h.as(people[asLead]), h.as(people[asStaff])
		ines.get(path.Home).says("main", "Same as last week").says("main", "off track. Three valves stick.")
		shown := skein.Word{State: skein.WordOffTrack, Says: "Three valves stick."}.Version()
		ines.post(at, "same", "yes", "shown", "another", "then", path.Home).is(http.StatusConflict)
		ines.post(at, "same", "yes", "shown", shown, "then", path.Home).goesTo(path.Home)
		ines.post(at, "same", "yes", "shown", shown).goesTo(project) // once a day
		if h.count(`select count(*) from week_word`) != 2 {
			t.Error("it was not said once more, once")
		}
		teo.get(project).says(".panel", "Ines Calder, today.").silent("has seen it")
		teo.get(at).says("#said", "Seen by Judith Orme.")
		h.as(people[asAdministrator]).get(path.AdminAudit).says("main", "said how it stands").says("main", "saw the week’s word")
	})
	t.Run("over", func(t *testing.T) {
		ines.post(path.CompleteProject("night-pressure"), "reason", "It is done.").is(http.StatusSeeOther)
		ines.get(at).is(http.StatusOK).says("#said", "Three valves stick.").has(0, `main form[action="`+at+`"]`)
		ines.post(at, "same", "yes").is(http.StatusConflict)
	})
	t.Run("broken database", func(t *testing.T) {
		h.owns(`alter table week_word rename to lost`)
		ines.get(at).is(http.StatusInternalServerError).silent()
		ines.post(at, "same", "yes").is(http.StatusInternalServerError).silent()
	})
}

// What somebody has a part in says on their Home how it stands, and that nothing was said for long.
func TestHomeSaysHowItStandsOfWhatOneIsIn(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	teo := h.as(people[asStaff])
	teo.post(path.JoinProject("night-pressure")).is(http.StatusSeeOther)
	teo.get(path.Home).says("main", "You are in its team.").silent("No word").silent("At risk")
	h.said("ines-calder", 5)
	h.exec(`update term set word_due = $1::timestamptz::date + 2`, wall)
	teo.get(path.Home).says("main", "At risk, said on")
	h.exec(`update term set word_due = $1::timestamptz::date - 1`, wall)
	teo.get(path.Home).says("main", "No word for five days.").silent("At risk, said")
	teo.get(path.Project("night-pressure")).says(".panel .next", "a word was due")
}
