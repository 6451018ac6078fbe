package server

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"skein/web/path"
)

func TestWhoWasThereIsAskedHowItWent(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.askedHow("asking")
	at, answer := path.HowDidItGo("night-pressure"), path.AnswerOutcome("night-pressure", theReview)

	h.anonymous().get(at).goesTo(path.SignIn + "?next=%2Fprojects%2Fnight-pressure%2Fhow-did-it-go")
	noor := h.as(people[asCoLead])
	noor.get(path.Home).says("main", "How did Night Pressure go? Three questions, by")
	noor.get(path.Project("night-pressure")).says("#how-did-it-go", "You are asked, until").has(1, `#how-did-it-go a[href^="`+at+`"]`)
	noor.get(at).says("h1", "How did Night Pressure go?").says(".opening", "Ines, the team and Judith are asked the same").
		says("main", "Ines showed").has(0, `[name="who.0"] option[value="ines-calder"]`).has(1, `[name="who.0"] option[value="teo-marchi"]`).has(0, `[name="who.0"] option[value="judith-orme"]`)
	h.as(people[asLead]).get(at).says("main", "How did you lead it?").lacks("main", "Ines showed")
	h.as(people[asExecutive]).get(at).says("main", "what you say is the result")

	marta := h.as(people[asSteward])
	marta.get(at).says(".opening", "Ines, the team and Judith are asked the same, until").has(0, "form[action='"+answer+"']")
	marta.post(answer, "result", "reached").is(http.StatusForbidden).says("main", "You were not asked how it went.")
	noor.post(path.AnswerOutcome("night-pressure", "00000000-0000-7000-8000-0000000000ff"), "result", "reached").is(http.StatusNotFound)
	noor.get(path.HowDidItGo("meter-letters")).is(http.StatusNotFound)

	noor.post(answer, "led", "She asked first.", "who.0", "teo-marchi", "what.0", "night-flows", "showed", "night-flows", "wants", "library").
		is(http.StatusUnprocessableEntity).says("main", "Say whether it got there").says("main", "Say what we would do again").
		says(`[name="led"]`, "She asked first.").has(1, `[name="showed"][checked]`).has(1, `[name="who.0"] option[value="teo-marchi"][selected]`).has(1, `[name="wants"][value="library"][checked]`)
	noor.post(answer, "result", "partly", "led", "She asked first.", "again", "Ask first.", "who.0", "teo-marchi", "what.0", "night-flows").goesTo(path.HowDidItGoOf("night-pressure", theReview))
	noor.get(at).says(".opening", "You have sent yours.").says("main", "One of four answered.").lacks("main", "She asked first")
	noor.post(answer, "result", "partly", "led", "She asked first.", "again", "Ask first.").goesTo(path.HowDidItGoOf("night-pressure", theReview))
	noor.post(answer, "result", "reached").is(http.StatusConflict)

	// What others sent is nothing to whoever has not sent their own: no count, no word.
	ines := h.as(people[asLead])
	ines.get(at).lacks("main", "partly</").lacks("main", "Ask first").lacks("main", "answered")
	ines.get(path.Project("night-pressure")).lacks("main", "Ask first")
	if data := ines.get(path.SettingsData).body; strings.Contains(data, "asked first") || strings.Contains(data, "Ask first") {
		t.Error("what is sealed is in the data of whoever led")
	}
	ines.post(answer, "result", "reached").goesTo(path.HowDidItGoOf("night-pressure", theReview))
	ines.get(at).says("main", "Two of four answered. The amber dot is your own answer.").says("main", "Ask first.").has(0, "main .note")
	teo := h.as(people[asStaff])
	teo.post(answer, "hardly", "yes").goesTo(path.HowDidItGoOf("night-pressure", theReview))
	teo.get(at).says(".opening", "Nobody waits for you.").lacks("main", "Ask first").has(1, `.opening input[name="hardly"][value="no"]`)
	teo.post(answer, "hardly", "no").goesTo(path.HowDidItGoOf("night-pressure", theReview))
	teo.get(at).says("h1", "How did Night Pressure go?").has(1, `input[name="result"][value="reached"]`)
	teo.get(path.Home).says("main", "How did Night Pressure go?")
	ines.get(at).has(0, `input[name="hardly"]`)
	teo.post(answer, "hardly", "yes").goesTo(path.HowDidItGoOf("night-pressure", theReview))
	h.as(people[asExecutive]).post(answer, "result", "reached").goesTo(path.HowDidItGoOf("night-pressure", theReview))
	if n := h.count(`select count(*) from outcome where state = 'closed' and result = 'reached' and basis = 'owner'`); n != 1 {
		t.Error("all have answered, and it is open")
	}
	if n := h.count(`select count(*) from evidence where kind = 'outcome' and level = 3 and source = 'night-pressure' and person_id in ('ines-calder', 'teo-marchi')`); n != 2 {
		t.Errorf("%d are shown what they showed", n)
	}
	teo.get(at).says(".opening", "Night Pressure got there.").says("main", "That is the word of Judith Orme").says("main", "Ines Calder: Night flows, shown by this work.").
		says("main", "You: Night flows, shown by this work. Named by one.")
	teo.get(path.Notices).says("main", "How Night Pressure went has closed.")
	teo.post(answer, "result", "reached").is(http.StatusConflict)
	teo.post(answer, "hardly", "no").is(http.StatusConflict)
	teo.get(at).has(0, `input[name="hardly"]`)
}

// To have led what got there in part says less of whoever has shown more before: it waits until they show it.
func TestWorkThatSaysLessOfSomebodyIsHiddenUntilTheyShowIt(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.askedHow("asking")
	at, answer := path.HowDidItGo("night-pressure"), path.AnswerOutcome("night-pressure", theReview)
	h.exec(`delete from evidence where person_id in ('ines-calder', 'teo-marchi')`)
	h.exec(`insert into evidence (person_id, skill_id, kind, level, observed_on, source) values
		('ines-calder', 'night-flows', 'outcome', 4, $1::date - 100, 'pumps'), ('teo-marchi', 'night-flows', 'outcome', 2, $1::date - 100, 'pumps')`, wall)
	h.as(people[asCoLead]).post(answer, "result", "partly", "again", "Ask first.", "who.0", "teo-marchi", "what.0", "night-flows").is(http.StatusSeeOther)
	for _, hat := range []string{asLead, asStaff, asExecutive} {
		h.as(people[hat]).post(answer, "result", "partly", "again", "Ask first.").is(http.StatusSeeOther)
	}
	if got := h.text(`select string_agg(person_id || ' ' || level || case when hidden_at is null then '' else ' hidden' end, ', ' order by person_id)
		from evidence where source = 'night-pressure'`); got != "ines-calder 2 hidden, teo-marchi 2" {
		t.Errorf("left: %s", got)
	}
	ines := h.as(people[asLead])
	ines.get(at).says("main", "You: Night flows, nearly, as it got there in part. Hidden: only you see that.")
	h.as(people[asStaff]).get(at).lacks("main", "Ines Calder: Night flows")
	own := ines.get(path.Person("ines-calder")).says("main", "A piece of work: others come to you").says("main", "A piece of work: with help")
	ines.press(own, "Show").is(http.StatusSeeOther)
	h.as(people[asStaff]).get(at).says("main", "Ines Calder: Night flows")
}

// A project that is led and done twice has shown what it asks for once, and the page of either time says so.
func TestAProjectThatIsDoneTwiceShowsItOnce(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.manySaid()
	h.exec(`update outcome set opened_at = opened_at - interval '9 days', closed_at = closed_at - interval '9 days'`)
	h.exec(`insert into evidence (person_id, skill_id, kind, level, observed_on, source) values ('ines-calder', 'night-flows', 'outcome', 3, $1::date - 9, 'night-pressure')`, wall)
	const second = "00000000-0000-7000-8000-0000000000c2"
	h.exec(`insert into outcome (id, project_id, term_id, state, opened_at, due) select $1, project_id, term_id, 'asking', $2, $2::timestamptz + interval '14 days' from outcome`, second, wall)
	h.exec(`insert into outcome_skill (outcome_id, skill_id, level) values ($1, 'night-flows', 3)`, second)
	h.exec(`insert into outcome_answer (outcome_id, person_id, part) values ($1, 'ines-calder', 'lead'), ($1, 'teo-marchi', 'member')`, second)
	for _, hat := range []string{asLead, asStaff} {
		h.as(people[hat]).post(path.AnswerOutcome("night-pressure", second), "result", "reached").is(http.StatusSeeOther)
	}
	if got := h.text(`select string_agg(person_id || ' ' || level || ' ' || (observed_on - $1::date), ', ') from evidence where source = 'night-pressure'`, wall); got != "ines-calder 3 0" {
		t.Errorf("left: %s", got)
	}
	for _, review := range []string{theReview, second} {
		h.as(people[asStaff]).get(path.HowDidItGoOf("night-pressure", review)).says("main", "Ines Calder: Night flows, shown by this work.")
	}
}

// Whoever stepped down can take that back, which makes void what was answered: could they read it before, they would do so
// where they do not like it.
func TestWhoSteppedDownReadsNoAnswersThatTheyCanStillMakeVoid(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	ines, noor := h.as(people[asLead]), h.as(people[asCoLead])
	ines.post(path.StepDown("night-pressure")).is(http.StatusSeeOther)
	review := h.text(`select id::text from outcome where state = 'asking'`)
	at, answer := path.HowDidItGo("night-pressure"), path.AnswerOutcome("night-pressure", review)
	const when = "you read what others sent when it has closed, or when somebody else leads."
	noor.post(answer, "result", "given_up", "again", "Ask first.").is(http.StatusSeeOther)
	ines.get(at).says("main", when).lacks("main", "when you have sent yours")
	ines.post(answer, "result", "reached", "again", "Dig first.").is(http.StatusSeeOther)
	ines.get(at).lacks("body", "what the others sent").says(".opening", "you can take back that you stepped down").says(".opening", when).
		lacks("main", "Ask first").lacks("main", "answered.").lacks("main", "given up")
	noor.get(at).says("main", "Dig first.").says("main", "Ask first.").lacks("main", when)

	h.exec(`update claim_window set told_at = $1 where told_at is null`, wall) // claims may start again, and then they can take it back
	ines.get(at).says(".opening", when).lacks("main", "Ask first")
	h.exec(`insert into term (project_id, person_id, role, state, during, live_at) values ('night-pressure', $1, 'primary', 'live', daterange($2::date, null), $2::timestamptz + interval '1 hour')`, people[asStaff], wall)
	ines.get(at).says("main", "Ask first.").says("main", "given up").lacks(".opening", "take back")
}

func TestWhoeverLedChoosesWhatOthersReadOfIt(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.manySaid()
	at, led := path.HowDidItGo("night-pressure"), path.ShowLed("night-pressure", theReview)
	ines, teo := h.as(people[asLead]), h.as(people[asStaff])
	ines.get(at).says("main", "How you led").says("main", "“Asked first, noor-basri.”").says("main", "Without names, in no order.").lacks("main", "Asked first, ines-calder")
	teo.get(at).lacks("main", "Asked first").lacks("main", "Asked twice")
	teo.post(led, "said", "led-teo", "show", "yes").is(http.StatusForbidden)
	ines.post(led, "said", "another", "show", "yes").is(http.StatusNotFound)
	ines.post(led, "said", "led-teo", "show", "yes").goesTo(path.HowDidItGoOf("night-pressure", theReview))
	teo.get(at).says("main", "How Ines led").says("main", "“Asked twice.”").lacks("main", "Asked first")
	ines.get(at).says("main", "Others read it, without a name.")
	ines.post(led, "said", "led-teo", "show", "no").goesTo(path.HowDidItGoOf("night-pressure", theReview))
	teo.get(at).lacks("main", "Asked twice")

	h.exec(`update outcome_answer set led = '' where person_id = 'teo-marchi'`)
	ines.get(at).says("main", "Fewer than three said how you led").lacks("main", "Asked first")

	thank := path.ThankThem("night-pressure", theReview)
	teo.post(thank).is(http.StatusForbidden)
	ines.post(thank).goesTo(path.HowDidItGoOf("night-pressure", theReview))
	ines.post(thank).goesTo(path.HowDidItGoOf("night-pressure", theReview))
	if n := h.count(`select count(*) from notice where kind = 'outcome' and code = 'thanks'`); n != 3 {
		t.Errorf("%d are thanked", n)
	}
	ines.get(at).says("main", "You thanked them").has(0, `form[action="`+thank+`"]`)
	teo.get(path.Notices).says("main", "Ines Calder thanks you for Night Pressure.")
}

func TestALessonIsFoundAgainInTheLibrary(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	teo, lesson := h.as(people[asStaff]), path.KeepLesson("night-pressure", theReview)
	teo.get(path.Library).says("main", "Nothing is here yet.").says(".nav [aria-current]", "Library")
	h.manySaid()
	h.as(people[asSteward]).post(lesson, "lesson", "again-noor-basri").is(http.StatusForbidden)
	teo.post(lesson, "lesson", "another").is(http.StatusNotFound)
	teo.post(lesson, "lesson", "again-noor-basri").goesTo(path.HowDidItGoOf("night-pressure", theReview))
	teo.post(lesson, "lesson", "again-ines-calder").goesTo(path.HowDidItGoOf("night-pressure", theReview))
	teo.get(path.HowDidItGo("night-pressure")).says("main", "In the library").says("main", "Take it out")
	teo.get(path.Library).says("#lesson-again-noor-basri", "Again, noor-basri.").says("#lesson-again-noor-basri", "Noor Basri").says("#lesson-again-noor-basri", "It got there.").
		lacks("#lesson-again-ines-calder", "Ines Calder")
	teo.get(path.Library+"?q=night+flows").says("main", "Two lessons found.")
	teo.get(path.Library+"?q=cooking").says("main", "Nothing here holds all of these words.")
	teo.post(lesson, "lesson", "again-noor-basri", "keep", "no").goesTo(path.HowDidItGoOf("night-pressure", theReview))
	teo.get(path.Library).has(0, "#lesson-again-noor-basri")
	h.as(people[asCoLead]).post(lesson, "lesson", "again-ines-calder", "keep", "no").is(http.StatusNotFound)
}

// Lessons stand beside what is typed before there is a draft; where nothing is like it, nothing stands there.
func TestLessonsStandBesideWhatIsTyped(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	teo := h.as(h.cast()[asStaff])
	h.manySaid()
	h.exec(`update project set priority_id = 'leaks-down', purpose = 'Fewer bursts where mains are old.' where id = 'night-pressure'`)
	teo.get(path.NewProject+"?title=Night+pressure").has(1, "#like").has(0, "#like p") // nobody has brought one into the library
	teo.post(path.KeepLesson("night-pressure", theReview), "lesson", "again-noor-basri").goesTo(path.HowDidItGoOf("night-pressure", theReview))
	skill := h.text(`select name from skill join outcome_skill on skill_id = id limit 1`)
	for typed, found := range map[string]bool{
		"": false, "title=Cooking+for+all": false, "title=Pressure": true, "title=Cooking+at+night": false,
		"title=Pressure+at+night": true, "purpose=No+more+bursts+in+old+mains": true, "priority=leaks-down": true,
		"skill.0=" + url.QueryEscape(strings.ToUpper(skill)):                                                     true,
		"purpose=" + strings.Repeat("One+more+word+of+cookery+and+"+strings.Repeat("x", 3), 2) + "+old+kitchens": false,
	} {
		in := teo.get(path.NewProject + "?" + typed).is(http.StatusOK)
		if found {
			in.says("#like", "Learnt in work like this").says("#like", "Again, noor-basri.").has(1, `#like a[href="`+path.HowDidItGoOf("night-pressure", theReview)+`"]`)
		} else {
			in.has(1, "#like").has(0, "#like p")
		}
	}
	teo.into("like").get(path.NewProject+"?title=Night+pressure").says("#like", "Again, noor-basri.").has(0, "form")
	teo.post(path.Projects, "title", "Night pressure").is(http.StatusUnprocessableEntity).says("#like", "Again, noor-basri.")
	h.breaks("outcome_skill")
	teo.get(path.NewProject).is(http.StatusOK)
	teo.get(path.NewProject + "?title=Night+pressure").is(http.StatusInternalServerError).silent("outcome_skill_is_gone")
}

func TestHowItWentIsA500WhereTheDatabaseIsGone(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.askedHow("asking")
	ines := h.as(people[asLead])
	h.breaks("outcome_skill")
	for _, at := range []string{path.HowDidItGo("night-pressure"), path.Library + "?q=x"} {
		ines.get(at).is(http.StatusInternalServerError).silent("outcome_skill_is_gone")
	}
	for _, at := range []string{"", "/led", "/thanks", "/lesson"} {
		ines.post(path.AnswerOutcome("night-pressure", theReview)+at, "result", "reached").is(http.StatusInternalServerError).silent("outcome_skill_is_gone")
	}
}

// What a time in office left is in the next match: Ines's panel of a lead that asks for the same is another the day after.
func TestHowItWentMovesTheNextMatch(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.exec(`insert into skill (id, name) values ('night-flows', 'Night flows') on conflict do nothing`)
	h.exec(`update person set read_how_at = $1, hours_per_week = 20`, wall)
	h.exec(`update phase set uncertainty = null, stakes = null, urgency = null, expertise = null, commitment = null, reach = null, readiness = null`)
	h.exec(`insert into requirement (phase_id, skill_id, importance, level, must) values
		('00000000-0000-7000-8000-000000000001', 'night-flows', 4, 3, true), ('00000000-0000-7000-8000-000000000002', 'night-flows', 4, 3, true)`)
	h.exec(`insert into evidence (person_id, skill_id, kind, level, observed_on) values ('ines-calder', 'night-flows', 'self', 3, ($1::timestamptz)::date - 9)`, wall)
	h.exec(`update priority set owner_id = 'judith-orme'`)
	ines, next := h.as(people[asLead]), path.Project("meter-letters")
	ines.get(next).says(".panel", "Night flows: only your word").lacks(".panel .state", "ready")
	before := ines.get(next).said(".panel .state")

	ines.post(path.CompleteProject("night-pressure"), "reason", "It is done.").is(http.StatusSeeOther)
	review := h.text(`select id::text from outcome where state = 'asking'`)
	answer := path.AnswerOutcome("night-pressure", review)
	for _, hat := range []string{asLead, asCoLead, asExecutive} {
		h.as(people[hat]).post(answer, "result", "reached").goesTo(path.HowDidItGoOf("night-pressure", review))
	}
	h.exec(`update evidence set observed_on = observed_on - 1`) // it counts from the day after
	ines.get(next).says(".panel", "Night flows:").lacks(".panel", "Night flows: only your word")
	if after := ines.get(next).said(".panel .state"); after == before {
		t.Errorf("before and after the panel says %q", after)
	}
	mine := path.Person("ines-calder")
	ines.get(mine).says("main", "A piece of work").has(1, `form[action="`+path.SettingsShow+`"]`)
	ines.post(path.SettingsShow, "skill", "night-flows", "work", "yes", "show", "no").goesTo(mine + "#skills")
	ines.get(mine).says("main", "Hidden; it counts for nothing.")
	h.as(people[asStaff]).get(mine).lacks("main", "piece of work")
	ines.get(next).says(".panel", "Night flows: only your word")
}

// Whoever was in the team for long enough is asked, also who has left it; who came just before the end is not.
func TestWhoWasInTheTeamForLongEnoughIsAsked(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.exec(`delete from stand_in`)
	h.exec(`update term set during = daterange('2026-03-01', null) where project_id = 'night-pressure' and state = 'live'`)
	h.exec(`insert into member (project_id, person_id, joined_at, left_at) values ('night-pressure', $1, '2026-03-10', '2026-04-10'), ('night-pressure', $2, '2026-05-10', null)`,
		people[asStaff], people[asExecutive])
	ines := h.as(people[asLead])
	ines.post(path.CompleteProject("night-pressure"), "reason", "").is(http.StatusSeeOther)
	asked := func(who string) int {
		return h.count(`select count(*) from outcome_answer where person_id = $1 and part = 'member'`, string(people[who]))
	}
	if asked(asStaff) != 1 || asked(asExecutive) != 0 {
		t.Errorf("asked: who left %d times, who came at the end %d times", asked(asStaff), asked(asExecutive))
	}
	const rule = "Of the team: whoever was in it for two weeks, or for half of the time."
	h.as(people[asStaff]).get(path.HowDidItGo("night-pressure")).says("main", "How was it led?").says(".opening", rule)
	h.as(people[asExecutive]).get(path.HowDidItGo("night-pressure")).says(".opening", rule)
	refused := path.AnswerOutcome("night-pressure", h.text(`select id::text from outcome where project_id = 'night-pressure'`))
	h.as(people[asExecutive]).post(refused, "result", "reached").is(http.StatusForbidden).says("main", "in its team for two weeks of that time or half of it")
}
