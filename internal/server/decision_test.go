package server

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"skein/web/component"
	"skein/web/path"
)

// A decision with advice: opened as a draft, asked, advised, decided, found by words, replaced, and what came of it.
func TestADecisionWithAdvice(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.exec(`delete from stand_in`)
	h.exec(`insert into remit (project_id, area, level, ceiling, with_whom, place) values
		('night-pressure', 'The daily note', 'alone', null, '', 0), ('night-pressure', 'Pumps', 'alone', 5000, '', 1),
		('night-pressure', 'Hosepipe advice', 'after_advice', null, 'Leaks', 2), ('night-pressure', 'A ban', 'propose', null, '', 3)`)
	project, open := path.Project("night-pressure"), path.NewDecision("night-pressure")
	ines, noor, teo, marta, judith := h.as(people[asLead]), h.as(people[asCoLead]), h.as(people[asStaff]), h.as(people[asSteward]), h.as(people[asExecutive])

	t.Run("door closed", func(t *testing.T) { h.anonymous().get(path.Decisions).is(http.StatusSeeOther) })
	t.Run("nothing yet", func(t *testing.T) {
		teo.get(path.Decisions).is(http.StatusOK).says("main", "Nothing has been decided here yet.")
		teo.get(project).has(0, "#decisions").has(0, `#asks-first a`)
		ines.get(project).has(1, `#decisions a[href="`+open+`"]`).has(1, `#asks-first a[href="`+open+`?area=Hosepipe+advice"]`)
		teo.get(open).is(http.StatusForbidden)
		ines.get(path.NewDecision("nothing")).is(http.StatusNotFound)
		ines.get(path.NewDecision("meter-letters")).is(http.StatusForbidden)
		teo.get(path.Decision("nothing")).is(http.StatusNotFound)
	})
	t.Run("opened", func(t *testing.T) {
		ines.get(open+"?area=Hosepipe+advice").is(http.StatusOK).has(1, `input[name=area][value="Hosepipe advice"][checked]`).has(4, `input[name=area]`)
		ines.post(open, "question", "").is(http.StatusUnprocessableEntity).says("main", "Ask what is to be decided").says("main", "Choose what it falls under")
		ines.post(open, "question", "A pump?", "area", "Pumps", "costs", "6000").is(http.StatusForbidden).says("main", "costs more than is decided here")
		ines.post(open, "question", "A pump?", "area", "Pumps", "costs", "much").is(http.StatusUnprocessableEntity).says("textarea", "A pump?")
		ines.post(open, "question", "Do we ask everybody to leave hosepipes off?", "options", "All streets at once.\nStreet by street.\n\n", "area", "Hosepipe advice")
	})
	id := h.text(`select id::text from decision`)
	at := path.Decision(id)
	t.Run("a draft", func(t *testing.T) {
		noor.get(at).is(http.StatusOK).says("h1", "Do we ask everybody").says("main", "A draft.").says("main", "It is decided here after asking. Ask first.")
		teo.get(at).is(http.StatusNotFound)
		teo.post(path.Advise(id), "answer", "pass").is(http.StatusNotFound)
		teo.post(path.Decide(id), "says", "No").is(http.StatusNotFound)
		teo.get(project).has(0, "#decisions")
		teo.get(path.Decisions).says("main", "Nothing has been decided here yet.")
		ines.get(project).says("#decisions", "a draft, read by those who decide it")
		ines.get(path.Decide(id)).is(http.StatusConflict)
		version := versionOf(ines.get(path.ChangeDecision(id)).says("textarea", "Do we ask everybody"), path.ChangeDecision(id))
		noor.post(path.ChangeDecision(id), "question", "Do we ask all?", "area", "Hosepipe advice", component.VersionName, version).goesTo(at)
		ines.post(path.ChangeDecision(id), "question", "Do we ask any?", "area", "Hosepipe advice", component.VersionName, version).
			is(http.StatusUnprocessableEntity).says("main", "Now it asks “Do we ask all?”").says("textarea", "Do we ask any?")
		noor.post(path.ChangeDecision(id), "question", "Do we ask everybody to leave hosepipes off?", "options", "All streets at once.\nStreet by street.", "area", "Hosepipe advice").goesTo(at)
	})
	t.Run("asked", func(t *testing.T) {
		ines.get(path.AskAdvice(id)).is(http.StatusOK).says("main", "What you decide there says: Leaks.").says("main", "Leaks, named in what you decide").
			has(1, `input[name=asked][value="marta-lind"]`).has(0, `input[name=asked][value="noor-basri"]`)
		ines.post(path.AskAdvice(id)).is(http.StatusUnprocessableEntity).says(".wrong", "Choose whom to ask.")
		ines.post(path.AskAdvice(id), "names", "Somebody Else", "why", "x").is(http.StatusUnprocessableEntity).says("main", "Nobody here is called")
		ines.post(path.AskAdvice(id), "asked", "marta-lind", "until", "2020-01-01").is(http.StatusUnprocessableEntity).says("main", "Choose a later day").
			has(1, `input[name=asked][value="marta-lind"][checked]`)
		ines.post(path.AskAdvice(id), "asked", "marta-lind", "names", "Teo Marchi", "why", "knows the crews").goesTo(at)
		ines.post(path.ChangeDecision(id), "question", "Why?", "area", "Hosepipe advice").is(http.StatusConflict)
		teo.get(path.Home).says("h1", "One person is waiting for you").says("main", "Ines Calder asks for your advice in Night Pressure").has(1, `main a.button[href="`+at+`#advise"]`)
		teo.get(path.Notices).says("main", "Ines Calder asks for your advice by")
		if h.count(`select count(*) from notice where kind = 'decision' and code = 'asked'`) != 2 {
			t.Error("those who are asked are not told")
		}
		ines.get(at).says("main", "You ask for advice until").says("main", "It can be decided when everybody has answered, or after").
			says("main", "Marta Lind and Teo Marchi have not answered yet.")
		ines.get(path.Decide(id)).is(http.StatusConflict)
		judith.get(at).says("main", "Ines Calder asks for advice until").has(0, "#advise").has(1, `main a[href="`+path.AskLead("night-pressure")+`?decision=`+id+`"]`)
		judith.get(path.AskLead("night-pressure")+"?decision="+id).says("textarea", "About “Do we ask everybody to leave hosepipes off?”")
		judith.get(project).says("#decisions", "Marta and Teo are asked")
		judith.post(path.Advise(id), "answer", "advise", "advice", "No.").is(http.StatusForbidden)
	})
	t.Run("advised", func(t *testing.T) {
		teo.get(at).has(1, "#advise textarea").says("#advise", "Why you: knows the crews.")
		teo.post(path.Advise(id), "answer", "advise", "advice", "").is(http.StatusUnprocessableEntity).says(".wrong", "Say what you would do")
		teo.post(path.Advise(id), "answer", "advise", "advice", "It works if the crews hear it the evening before.").goesTo(at)
		teo.get(path.Home).says("main", "Nobody is waiting for you.")
		teo.get(path.Notices).says("main", "You answered.")
		ines.get(path.Notices).says("main", "Teo Marchi answered what you asked")
		marta.post(path.Advise(id), "answer", "pass").goesTo(at)
		ines.get(path.Home).says("main", "Everybody whom you asked has answered, in Night Pressure")
		judith.get(at).says("blockquote", "the evening before").says("#advice", "Marta Lind was asked and had nothing to add.")
	})
	t.Run("decided", func(t *testing.T) {
		version := versionOf(ines.get(path.Decide(id)).has(3, `input[name=chosen]`).says("#decide", "Why, and what you make of the advice"), path.Decide(id))
		ines.post(path.Decide(id), "says", "", "chosen", "2", component.VersionName, version).is(http.StatusUnprocessableEntity).
			says("main", "Say what is decided").has(1, `input[name=chosen][value="2"][checked]`)
		teo.post(path.Advise(id), "answer", "advise", "advice", "Only if the crews hear it first.").goesTo(at) // mended meanwhile
		ines.post(path.Decide(id), "says", "Hosepipe advice goes out street by street", "chosen", "2", "reason", "To be believed in August.", component.VersionName, version).
			is(http.StatusUnprocessableEntity).says("main", "Somebody has said something meanwhile.").says("blockquote", "hear it first").says("textarea", "To be believed")
		version = versionOf(ines.get(path.Decide(id)), path.Decide(id))
		ines.post(path.Decide(id), "says", "Hosepipe advice goes out street by street", "chosen", "2", "reason", "To be believed in August.", component.VersionName, version).goesTo(at)
		ines.post(path.Decide(id), "says", "No", "reason", "No.").is(http.StatusConflict)
		teo.get(path.Notices).says("main", "Ines Calder decided what you were asked about")
		judith.get(at).says("h1", "Hosepipe advice goes out street by street").says("main", "Ines Calder decided it, after hearing one person.").
			says(".could-be .hung", "Street by street.").says("main", "Ines decides after asking:").says("main b", "Hosepipe advice: Leaks").
			says("main", "To be believed in August.").says("main", "Only if the crews hear it first.")
		teo.post(path.Advise(id), "answer", "pass").is(http.StatusConflict)
		judith.get(project).says("#decisions", "Ines, after advice")
	})
	t.Run("found", func(t *testing.T) {
		for _, words := range []string{"hosepipes", "believed", "crews", "crews+believed"} {
			judith.get(path.Decisions+"?q="+words).says("main", "Hosepipe advice goes out street by street").says("main", "Night Pressure")
		}
		judith.get(path.Decisions+"?q=tankers").says("main", "No decision has those words")
		judith.get(path.Decisions+"?person=teo-marchi").says("main", "Hosepipe advice").says("select[name=person]", "in which Teo Marchi took part")
		judith.get(path.Decisions+"?person=owen-pell").says("main", "There is no decision of that kind.")
		judith.get(path.Decisions).has(1, `input[name=who][list=people]`).has(3, "#people option")
		judith.get(path.Decisions+"?who=MARCHI&state=decided").says("main", "Hosepipe advice").has(1, `input[type=search][name=who][value=MARCHI]`).
			has(2, `.filter input[name=who][value=MARCHI], form.search input[type=hidden][name=who][value=MARCHI]`).
			has(2, `form.search input[type=hidden][name=state][value=decided]`)
		judith.get(path.Decisions+"?who=Ines+Calder").says("main", "Hosepipe advice")
		judith.get(path.Decisions+"?who=owen").says("main", "Nobody of that name took part in a decision of that kind.")
		judith.get(path.Decisions+"?who=judith").says("main", "Nobody of that name took part")
		judith.get(path.Decisions+"?team=leaks&state=decided&priority=leaks-down&project=night-pressure").says("main", "Hosepipe advice")
		judith.get(path.Decisions+"?state=open").says("main", "There is no decision of that kind.")
		judith.get(path.Person("teo-marchi")).has(1, `main a[href="`+path.Decisions+`?person=teo-marchi"]`)
	})
	t.Run("what came of it, and another in its place", func(t *testing.T) {
		judith.get(path.CameOf(id)).is(http.StatusForbidden)
		ines.post(path.CameOf(id), "came", "").is(http.StatusUnprocessableEntity).says(".wrong", "Say in a sentence what came of it.")
		ines.post(path.CameOf(id), "came", "Nine streets heard it.").goesTo(at)
		judith.get(at).says("main", "Nine streets heard it.").says("main", "Ines Calder, today.")
		ines.get(open+"?replaces="+id).has(1, `select[name=replaces] option[selected][value="`+id+`"]`)
		ines.post(open, "question", "And now?", "area", "The daily note", "replaces", id)
		next := h.text(`select id::text from decision where question = 'And now?'`)
		ines.get(path.Decide(next)).says("#decide", "Nobody was asked. It stands").lacks("#decide", "make of the advice").lacks("#decide", "hear it at once")
		ines.post(path.Decide(next), "says", "Everybody is asked", "reason", "").is(http.StatusUnprocessableEntity).says(".wrong", "Say why in a sentence: everybody can read it.")
		ines.post(path.Decide(next), "says", "Everybody is asked", "reason", "The Corrie fell.").goesTo(path.Decision(next))
		judith.get(path.Decision(next)).says("main", "It replaces").has(1, `main a[href="`+at+`"]`).says("main", "Nobody was asked.")
		judith.get(at).says("main", "Another decision replaced it").has(1, `main a[href="`+path.Decision(next)+`"]`)
		h.as(people[asAdministrator]).get(path.AdminAudit).says("main", "decided something").says("main", "replaced a decision").says("main", "asked for advice on a decision")
	})
	t.Run("broken database", func(t *testing.T) {
		h.owns(`alter table advice rename to lost`)
		for _, page := range []string{at, path.Decisions, project, path.AskAdvice(id), path.Decide(id), path.CloseDecision(id), path.CameOf(id), path.ChangeDecision(id), open} {
			ines.get(page).is(http.StatusInternalServerError).silent()
		}
		for _, act := range []string{path.AskAdvice(id), path.Advise(id), path.Decide(id), path.CloseDecision(id), path.CameOf(id), path.ChangeDecision(id), open} {
			ines.post(act, "question", "Why?", "area", "Pumps", "reason", "x", "came", "x").is(http.StatusInternalServerError).silent()
		}
	})
}

// What came of it is said also when the project is over, by whoever decided it or led last and by its steward.
func TestWhatCameOfADecisionIsSaidWhenTheProjectIsOver(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.exec(`delete from stand_in`)
	h.deciding("decided")
	ines, marta, noor, judith := h.as(people[asLead]), h.as(people[asSteward]), h.as(people[asCoLead]), h.as(people[asExecutive])
	at, came := path.Decision(aDecision), path.CameOf(aDecision)
	marta.get(came).is(http.StatusForbidden)
	ines.post(path.CompleteProject("night-pressure"), "reason", "It is done.")
	judith.get(at).says("main", "The project is over; whoever decided it, whoever led last and its steward can still say what came of it.").has(0, `main .acts a`)
	judith.get(came).is(http.StatusForbidden).says("main", "whoever led it last and its steward")
	noor.post(came, "came", "It broke.").is(http.StatusForbidden)
	ines.get(at).has(1, `main .acts a[href="`+came+`"]`).has(1, `main .acts a`)
	ines.post(came, "came", "Nine streets heard it.").goesTo(at)
	h.exec(`update decision set decided_by = 'noor-basri'`)
	ines.get(came).is(http.StatusOK) // she led it last
	version := versionOf(marta.get(came).is(http.StatusOK), came)
	marta.post(came, "came", "Eight streets heard it.", component.VersionName, version).goesTo(at)
	judith.get(at).says("main", "Eight streets heard it.").says("main", "Marta Lind, today.")
}

// What is proposed upwards waits for whoever answers for the priority; without a yes, nothing is agreed; at the end of
// the project what is open is closed.
func TestWhatIsNotDecidedAlone(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.exec(`delete from stand_in`)
	h.exec(`update priority set owner_id = 'judith-orme'`)
	h.exec(`insert into remit (project_id, area, level, place) values ('night-pressure', 'A ban', 'propose', 0), ('night-pressure', 'Release', 'by_agreement', 1)`)
	ines, teo, judith := h.as(people[asLead]), h.as(people[asStaff]), h.as(people[asExecutive])
	open := path.NewDecision("night-pressure")
	ines.post(open, "question", "Shall we ban it?", "area", "A ban")
	ban := h.text(`select id::text from decision`)
	ines.get(path.AskAdvice(ban)).says("main", "It is proposed to whoever answers for the priority")
	ines.get(path.AskAdvice(ban)).says("main", "Without a day, in two weeks: 25 May. Whoever decides it has it until then.")
	ines.post(path.AskAdvice(ban)).goesTo(path.Decision(ban))
	ines.get(path.AskAdvice(ban)).says("main", "Whoever decides it has until 25 May")
	ines.post(path.AskAdvice(ban), "until", "2026-05-20").is(http.StatusUnprocessableEntity).says(".wrong", "Whoever decides it has until 25 May")
	teo.get(path.Decision(ban)).says("main", "They have until 25 May; undecided by then, it waits for the stewards of its team as well")
	teo.get(path.Project("night-pressure")).says("main", "the day by which what is proposed upwards is to be decided").lacks("main", "the last day for advice")
	judith.get(path.Home).says("main", "Ines Calder proposes something that you can decide, in Night Pressure, by 25 May.")
	judith.get(path.Notices).says("main", "Ines Calder proposes something that you can decide by Monday 25 May")
	teo.get(path.Decision(ban)).says("main", "Ines Calder proposes it. Judith Orme, who answers for the priority, decides it, or a steward.")
	ines.post(path.Decide(ban), "says", "Yes", "reason", "Yes.").is(http.StatusForbidden)
	ines.get(path.Decide(ban)).is(http.StatusForbidden).says("main", "not yours to decide")
	judith.post(path.Decide(ban), "says", "No ban before July", "reason", "The river holds.").goesTo(path.Decision(ban))
	ines.get(path.Notices).says("main", "Judith Orme decided what you were asked about")
	teo.get(path.Project("night-pressure")).says("#decisions", "Judith, to whom it was proposed")

	ines.post(open, "question", "Do we release it?", "area", "Release")
	release := h.text(`select id::text from decision where question = 'Do we release it?'`)
	ines.post(path.AskAdvice(release), "names", "Teo Marchi").goesTo(path.Decision(release))
	teo.get(path.Home).says("main", "Ines Calder asks for your yes or no in Night Pressure")
	teo.post(path.Advise(release), "answer", "no").is(http.StatusUnprocessableEntity).says(".wrong", "Say what keeps you from a yes")
	teo.post(path.Advise(release), "answer", "no", "advice", "Not before it rains.").goesTo(path.Decision(release))
	ines.get(path.Decision(release)).says("main", "It can be decided when everybody who was asked has said yes.")
	ines.post(path.Decide(release), "says", "Yes", "reason", "Yes.").is(http.StatusConflict)
	ines.get(path.Home).says("main", "Everybody whom you asked has answered, and not all with yes, in Night Pressure").lacks("main", "The day has passed")
	h.later(15 * 24 * time.Hour)
	h.tick(0)
	ines, teo = h.as(people[asLead]), h.as(people[asStaff])
	ines.get(path.Home).says("main", "Everybody whom you asked has answered, and not all with yes")
	ines.get(path.Notices).says("main", "The day has passed, and it is not decided yet")
	teo.post(path.Advise(release), "answer", "yes").goesTo(path.Decision(release))
	ines.get(path.Decision(release)).has(1, `main a[href="`+path.Decide(release)+`"]`)
	ines.post(path.CloseDecision(release), "reason", "").is(http.StatusUnprocessableEntity)
	ines.post(path.CompleteProject("night-pressure"), "reason", "It is done.")
	teo.get(path.Notices).says("main", "The project is over, so nothing is decided")
	teo.get(path.Decision(release)).says("main", "Nothing was decided.").says("main", "The project is over.").has(0, `main .acts a`)
}

// Home names nothing that is refused: who was asked may have left, who answers for the priority too, and a steward may
// have proposed it, or stand in for whoever leads.
func TestHomeSaysOfADecisionWhatIsSo(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.exec(`delete from stand_in`)
	h.exec(`update priority set owner_id = 'judith-orme'`)
	h.exec(`insert into remit (project_id, area, level, place) values ('night-pressure', 'A ban', 'propose', 0), ('night-pressure', 'Pumps', 'after_advice', 1)`)
	ines, marta, judith := h.as(people[asLead]), h.as(people[asSteward]), h.as(people[asExecutive])
	const proposes, answered = "proposes something that you can decide", "Everybody whom you asked has answered"
	ines.post(path.NewDecision("night-pressure"), "question", "A pump?", "area", "Pumps")
	pump := h.text(`select id::text from decision`)
	ines.post(path.AskAdvice(pump), "names", "Teo Marchi").goesTo(path.Decision(pump))
	h.exec(`update advice set state = 'void', answered_at = $1`, wall)
	ines.get(path.Home).lacks("main", answered)
	h.exec(`update advice set state = 'passed'`)
	ines.get(path.Home).says("main", answered)

	ines.post(path.NewDecision("night-pressure"), "question", "Shall we ban it?", "area", "A ban")
	ban := h.text(`select id::text from decision where area = 'A ban'`)
	ines.post(path.AskAdvice(ban)).goesTo(path.Decision(ban))
	judith.get(path.Home).says("main", proposes)
	marta.get(path.Home).lacks("main", proposes)
	h.exec(`update person set deactivated_at = $1 where id = 'judith-orme'`, wall)
	marta.get(path.Home).says("main", proposes)
	h.exec(`update decision set opened_by = 'marta-lind' where area = 'A ban'`)
	marta.get(path.Home).lacks("main", proposes)
	h.exec(`update decision set opened_by = 'ines-calder' where area = 'A ban'`)
	h.exec(`insert into stand_in (spell, project_id, person_id, for_id, state, asked_at, answer_by, answered_at, from_on, until_on)
		values (uuid_v7(), 'night-pressure', 'marta-lind', 'ines-calder', 'standing', $1::timestamptz, $1, $1, $1::date, $1::date + 9)`, wall)
	marta.get(path.Home).lacks("main", proposes)
}

// Further decisions are on further pages, and none is there twice.
func TestTheLogOfDecisionsGoesOn(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.exec(`
		insert into decision (project_id, question, area, line, state, opened_by, opened_at, says, reason, decided_by, decided_at)
		select 'night-pressure', 'Question ' || n || '?', 'X', '[{"area": "X", "level": "alone"}]', 'decided', 'ines-calder', $1, 'Decision ' || n || '.', 'So.', 'ines-calder',
			$1::timestamptz - interval '1 hour' * (n / 2)
		from generate_series(1, 65) n`, wall)
	teo := h.as(people[asStaff])
	seen, at, pages := map[string]bool{}, path.Decisions+"?q=decision", 0
	for at != "" {
		answer := teo.get(at).is(http.StatusOK)
		pages++
		answer.Find(".log a[href^='/decisions/']").Each(func(_ int, s *goquery.Selection) {
			if seen[s.Text()] {
				t.Errorf("%s is there twice", s.Text())
			}
			seen[s.Text()] = true
		})
		at, _ = answer.Find(".pager a[rel=next]").Attr("href")
		if pages > 5 {
			break
		}
	}
	if len(seen) != 65 || pages != 3 {
		t.Errorf("%d decisions on %d pages", len(seen), pages)
	}
	teo.get(path.Decisions + "?before=nonsense&team=" + strings.Repeat("x", 300)).is(http.StatusOK)
	teo.get(path.Project("night-pressure")).says("#decisions", "All 65").has(4, "#decisions .log > li")
}

// Whoever was ticked and is not suggested any more when the form is sent is not left out unseen.
func TestWhoeverIsTickedIsAskedOrTheAskerHearsOfIt(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.exec(`delete from stand_in`)
	h.exec(`insert into remit (project_id, area, level, ceiling, with_whom, place) values ('night-pressure', 'Hosepipe advice', 'after_advice', null, 'Leaks', 2)`)
	ines := h.as(people[asLead])
	ines.post(path.NewDecision("night-pressure"), "question", "Do we ask everybody?", "area", "Hosepipe advice")
	ask := path.AskAdvice(h.text(`select id::text from decision`))
	h.exec(`insert into member (project_id, person_id, joined_at, brings) values ('night-pressure', 'teo-marchi', $1, 'a boat')`, wall)
	ines.get(ask).has(1, `input[name=asked][value="marta-lind"]`).has(1, `input[name=asked][value="teo-marchi"]`)
	h.exec(`delete from hat where kind = 'steward'`)
	ines.post(ask, "asked", "marta-lind", "asked", "teo-marchi", "names", "Judith Orme", "why", "knows the crews").is(http.StatusUnprocessableEntity).
		says("main", "Marta Lind is not among those you could ask any more. To ask them all the same, write their name.").
		has(1, `input[name=asked][value="teo-marchi"][checked]`).has(1, `input[name=names][value="Judith Orme"]`).has(1, `input[name=why][value="knows the crews"]`)
	ines.post(ask, "asked", "nobody-here").is(http.StatusUnprocessableEntity).says("main", "Somebody you chose is not here any more.")
	if n := h.count(`select count(*) from advice`); n != 0 {
		t.Errorf("%d are asked", n)
	}
	sent := []string{"asked", "teo-marchi", "names", "Marta Lind"}
	for range 2 {
		ines.post(ask, sent...).is(http.StatusSeeOther)
	}
	if n := h.count(`select count(*) from advice`); n != 2 {
		t.Errorf("%d are asked", n)
	}
}
