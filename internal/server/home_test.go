package server

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"skein/web/path"
)

// monday is a house in which something waits for Ines: an offer, a question and a need. She leads
// the Drought Desk, and three open leads ask for what she can do or wants to try.
func monday(t *testing.T) (h *house, ines *browser) {
	h = newTest(t)
	leaks := h.circle("Leaks", "")
	ines = h.as(h.person("Ines Calder", steward(leaks)))
	for _, name := range []string{"Dario Venn", "Noor Haddad", "Owen Pryce"} {
		h.person(name)
	}
	h.exec(`update person set circle_id = 'leaks'`)
	h.exec(`update person set hours_per_week = 14 where id = 'ines-calder'`)
	h.exec(`insert into skill (id, name) values ('valve', 'Valve data'), ('write', 'Plain writing'), ('river', 'River levels')`)
	h.exec(`
		insert into evidence (person_id, skill_id, kind, level, observed_on, given_by) values
			('ines-calder', 'valve', 'peer', 4, '2026-03-01', 'dario-venn'), ('ines-calder', 'valve', 'peer', 5, '2026-04-01', 'noor-haddad'),
			('ines-calder', 'river', 'self', 4, '2026-04-01', null), ('ines-calder', 'river', 'peer', 3, '2026-04-01', 'owen-pryce')`)
	h.exec(`insert into wish (person_id, skill_id, made_at) values ('ines-calder', 'write', now())`)
	h.exec(`
		insert into project (id, title, circle_id, state, hours_per_week, end_on, proposed_by) values
			('sensors', 'Leak Sensors', 'leaks', 'open', 5, '2027-01-31', 'owen-pryce'),
			('desk', 'Drought Desk', 'leaks', 'led', 3, '2026-06-30', null),
			('pump', 'Pump Swap', 'leaks', 'led', 3, '2026-06-30', null),
			('night', 'Night Pressure', null, 'open', 4, '2026-09-30', null),
			('swim', 'Swim Forecast', null, 'open', 3, '2026-09-30', null),
			('meter', 'Meter Letters', null, 'open', 6, '2026-09-30', null)`)
	h.exec(`insert into phase (project_id) select id from project`)
	h.exec(`
		insert into requirement (phase_id, skill_id, importance)
		select phase.id, case project_id when 'swim' then 'river' when 'meter' then 'write' else 'valve' end, 3
		from phase where project_id not in ('desk', 'pump')`)
	h.exec(`
		insert into claim_window (project_id, phase_id, opened_at, closes_at, seed)
		select project_id, id, '2026-05-08', '2026-05-15', 'seed' from phase where project_id in ('night', 'swim', 'meter')`)
	h.exec(`insert into need (project_id, kind, what) values ('meter', 'hours', '6 hours a week'), ('desk', 'coach', 'A coach'), ('pump', 'people', 'Two people')`)
	h.exec(`
		insert into term (project_id, person_id, state, during, ends_on, offered_at, answer_by, live_at) values
			('desk', 'ines-calder', 'live', '[2026-04-01,)', '2026-06-30', null, null, '2026-04-01'),
			('pump', 'noor-haddad', 'live', '[2026-04-01,)', '2026-06-30', null, null, '2026-04-01'),
			('sensors', 'ines-calder', 'offered', null, null, '2026-05-10', '2026-05-14 17:00Z', null)`)
	h.exec(`insert into ask (person_id, skill_id, asked_of, asked_at, answer_by) values ('owen-pryce', 'river', 'ines-calder', '2026-05-10', '2026-05-20')`)
	return h, ines
}

func TestHomeOnAMonday(t *testing.T) {
	t.Parallel()
	h, ines := monday(t)
	home := ines.get("/").is(http.StatusOK)
	home.says("h1", "Two people are waiting for you").says("header .margin", "Monday 11 May")
	home.says("main", "You were chosen for Leak Sensors. Answer by Thursday 17:00.")
	home.says("main", "5 hours a week until 31 January.")
	home.says("main", "Owen Pryce asks what you can say about River levels")
	home.says("main", "Noor Haddad needs your word for Pump Swap: Two people.")
	home.says("main", "Drought Desk, until 30 June.").says("main", "Still open: A coach.")
	// She has 14 hours; the desk and the offer take 8.
	home.says("#open-night", "Noor and Dario come to you for Valve data. 4 hours; you have 6.")
	home.says("#open-meter", "New ground").says("#open-meter", "You want to try Plain writing. 6 hours, not granted yet; you have 6.")
	home.has(1, ".button:not(.outlined)")
	home.has(3, "[id^=open-]")
	for _, never := range []string{"not yet,", "weighed", "fit", "%"} {
		if got := home.said("[id^=open-]"); strings.Contains(got, never) {
			t.Errorf("home says %q: %s", never, got)
		}
	}
	ines.maxRoundTrips(4, "/")
	h.exec(`insert into project (id, title, state, hours_per_week) select 'q' || n, 'Project ' || n, 'open', 3 from generate_series(1, 200) n`)
	h.exec(`insert into phase (project_id) select id from project where id like 'q%'`)
	h.exec(`insert into requirement (phase_id, skill_id, importance) select id, 'valve', 3 from phase where project_id like 'q%'`)
	h.exec(`insert into claim_window (project_id, phase_id, opened_at, seed) select project_id, id, '2026-05-08', 'seed' from phase where project_id like 'q%'`)
	ines.maxRoundTrips(4, "/")
}

func TestHomeShowsAllWhoWaitWhenAsked(t *testing.T) {
	t.Parallel()
	h, ines := monday(t)
	for i := range 4 {
		h.person(fmt.Sprint("Colleague ", i))
	}
	h.exec(`insert into ask (person_id, skill_id, asked_of, asked_at, answer_by) select id, 'valve', 'ines-calder', '2026-05-10', '2026-05-21' from person where id like 'colleague%'`)
	ines.get("/").is(http.StatusOK).has(3, "[id^=ask-],[id^=offer-],[id^=need-]").says("main", "Four more wait")
	ines.get("/?all=yes").is(http.StatusOK).has(7, "[id^=ask-],[id^=offer-],[id^=need-]")
}

func TestNotForMeAndItsUndo(t *testing.T) {
	t.Parallel()
	h, ines := monday(t)
	ines.post("/projects/night/not-for-me").goesTo("/")
	home := ines.get("/").is(http.StatusOK).says("[role=status]", "It will not come back").has(0, "#open-night")
	undo, _ := home.Find("[role=status] form").Attr("action")
	ines.post(undo).goesTo("/")
	ines.get("/").has(1, "#open-night")
	if n := h.count(`select count(*) from audit_told where actor_id = 'ines-calder' and action like 'project.%dismiss'`); n != 2 {
		t.Errorf("%d audit rows", n)
	}
	ines.post("/projects/nothing/not-for-me").is(http.StatusNotFound)
	h.anonymous().post("/projects/night/not-for-me").is(http.StatusSeeOther)
}

func TestHomeWithNothingOffersWaysOn(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	ada := h.as(h.person("Ada Reed"))
	home := ada.get("/").is(http.StatusOK).says("h1", "Good morning, Ada").says("main", "Nobody is waiting for you.")
	home.says("main", "No lead is open just now.")
	h.exec(`insert into project (id, title, state) values ('x', 'Some Lead', 'open')`)
	h.exec(`with made as (insert into phase (project_id) values ('x') returning id) insert into claim_window (project_id, phase_id, opened_at, seed) select 'x', id, now(), 'seed' from made`)
	ada.get("/").says("#near-x", "The nearest to you that is open.").silent("No lead is open just now")
	h.exec(`insert into circle (id, name) values ('net', 'Network')`)
	h.exec(`insert into circle (id, name, parent_id) values ('leaks', 'Leaks', 'net')`)
	h.exec(`update person set circle_id = 'leaks' where name = 'Ada Reed'`)
	h.person("Gethin Moss", administrator)
	ada.get("/").says("#adviser", "Ask Gethin Moss, who administers Skein.")
	h.person("Marta Oyelaran", steward("net"))
	ada.get("/").says("#adviser", "Ask Marta Oyelaran, the steward of Network.")
	h.exec(`insert into absence (person_id, from_on, until_on) select id, date '2026-01-01', null from person where name = 'Marta Oyelaran'`)
	ada.get("/").says("#adviser", "Gethin Moss")
	h.exec(`insert into dismissal (person_id, project_id, at) select id, 'x', now() from person where name = 'Ada Reed'`)
	ada.get("/").says("main", "Each lead that is open you have claimed, sent away").has(1, ".empty a[href='/leads']")
	h.anonymous().get("/").is(http.StatusSeeOther)
	h.breaks("wish")
	ada.get("/").is(http.StatusInternalServerError).silent("wish")
}

func TestHomeOfSomebodyAway(t *testing.T) {
	t.Parallel()
	h, ines := monday(t)
	h.exec(`insert into absence (person_id, from_on, until_on) values ('ines-calder', '2026-05-01', '2026-05-20')`)
	home := ines.get("/").is(http.StatusOK).says("#away", "You are away until 20 May.")
	back, _ := home.Find("#away form").Attr("action")
	ines.post(back, "then", "/").goesTo("/")
	ines.get("/").has(0, "#away")
	if until := h.text(`select until_on::text from absence`); until != "2026-05-10" {
		t.Errorf("away until %s", until)
	}
}

// A name may have a comma of its own, and the line of people may be parted by commas: both are understood.
func TestPeopleAreNamedLastNameFirst(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	teo := h.as(h.person("Teo Marchi"))
	for _, name := range []string{"Alba Runciman", "Noor Basri", "Lee", "Kim", "Kim Lee"} {
		h.person(name)
	}
	h.exec(`insert into person (id, name) values ('comma', 'Orme, Sten')`)
	for line, want := range map[string]string{
		"Runciman, Alba": "alba-runciman", "runciman, alba; Noor Basri": "alba-runciman noor-basri", "Alba Runciman, Noor Basri": "alba-runciman noor-basri",
		"Noor Basri, Runciman, Alba": "alba-runciman noor-basri", "Orme, Sten": "comma", "Kim": "kim", "noor.basri@corriemere.example": "noor-basri",
	} {
		h.exec(`delete from ask`)
		h.exec(`delete from notice`)
		teo.post("/welcome", "known", "valve data", "level", "4", "colleagues", line).goesTo("/")
		if asked := h.text(`select coalesce(string_agg(asked_of, ' ' order by asked_of), '') from ask`); asked != want {
			t.Errorf("%q asks %q, want %q", line, asked, want)
		}
	}
	for line, says := range map[string]string{"Lee, Kim": "one person or two", "Marchi, Teo": "other than yourself", "Runciman, Sten": "Nobody here", ";,": "Write somebody"} {
		teo.post("/welcome", "known", "valve data", "level", "4", "colleagues", line).is(http.StatusUnprocessableEntity).says(".wrong", says)
	}
	teo.post("/welcome/before", "what", "The pumps", "skill", "valve data", "level", "3", "colleague", ",").is(http.StatusUnprocessableEntity).says(".wrong", "Write somebody")
}

func TestFirstSignIn(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	h.circle("Field Apps", "")
	teo := h.as(h.person("Teo Marchi"))
	h.person("Alba Runciman")
	h.exec(`update person set circle_id = 'field-apps', welcomed_at = null`)
	h.exec(`insert into skill (id, name) values ('night', 'night flows')`)
	h.exec(`insert into evidence (person_id, skill_id, kind, level, observed_on) values ('alba-runciman', 'night', 'self', 4, '2026-05-01')`)
	home := teo.get("/").is(http.StatusOK).says("h1", "Good morning, Teo").says("main", "Four questions, ninety seconds")
	home.says(".offered", "Others in Field Apps said").says(".offered", "night flows")
	home.has(0, "[id^=open-]").has(1, ".button:not(.outlined)")
	teo.maxRoundTrips(4, "/")
	bad := teo.post("/welcome", "known", "valve data, phone apps", "level", "4", "wish", "Running incidents", "hours", "4",
		"colleagues", "Alba Runciman, Nobody Else").is(http.StatusUnprocessableEntity)
	bad.says(".wrong", "Nobody here is called Nobody Else.")
	if typed, _ := bad.Find("[name=known]").Attr("value"); typed != "valve data, phone apps" {
		t.Errorf("what was typed is gone: %q", typed)
	}
	teo.post("/welcome", "known", "a,b,c,d", "level", "4").is(http.StatusUnprocessableEntity).says(".wrong", "Three are enough")
	teo.post("/welcome", "known", "a", "level", "9").is(http.StatusUnprocessableEntity).says(".wrong", "Choose one of the answers.")
	teo.post("/welcome", "known", "a", "level", "4", "colleagues", "Teo Marchi").is(http.StatusUnprocessableEntity).says(".wrong", "other than yourself")
	if n := h.count(`select count(*) from audit_event`); n != 0 {
		t.Fatalf("refused, and yet %d acts", n)
	}
	teo.post("/welcome", "known", "valve data, phone apps", "level", "4", "wish", "Running incidents", "hours", "4",
		"colleagues", "alba runciman").goesTo("/")
	teo.get("/").is(http.StatusOK).says("[role=status]", "One colleague is asked one question each.").has(0, "form#welcome")
	if id := h.text(`select skill_id from wish`); id != "practice-incidents" {
		t.Errorf("the wish is %s, not the lens's practice", id)
	}
	h.as("alba-runciman").get("/").says("main", "Teo Marchi asks what you can say about valve data")
}

func TestLaterKeepsNothing(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	teo := h.as(h.person("Teo Marchi"))
	h.exec(`update person set welcomed_at = null`)
	teo.post("/welcome/later", "known", "valve data").goesTo("/")
	teo.get("/").has(0, "form#welcome")
	teo.get("/welcome").is(http.StatusOK).has(1, "form#welcome")
	if n := h.count(`select count(*) from evidence`); n != 0 {
		t.Errorf("%d rows of evidence", n)
	}
}

func TestALeadHadBefore(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	teo := h.as(h.person("Teo Marchi"))
	h.person("Alba Runciman")
	teo.get("/welcome/before").is(http.StatusOK)
	bad := teo.post("/welcome/before", "what", "", "skill", "", "level", "3", "colleague", "").is(http.StatusUnprocessableEntity)
	bad.has(3, ".wrong")
	teo.post("/welcome/before", "what", "the pump swap", "skill", "valve data", "level", "3", "colleague", "Alba Runciman").goesTo("/")
	ask := h.text(`select '/asks/' || id from ask`)
	alba := h.as("alba-runciman")
	alba.get(ask).is(http.StatusOK).says("h1", "What can you say about Teo and valve data?").says("main", "they led the pump swap")
	alba.post(ask, "level", "4").goesTo("/")
	if n := h.count(`select count(*) from evidence where kind = 'peer' and level = 4 and source = 'the pump swap'`); n != 1 {
		t.Errorf("%d confirmations", n)
	}
}

func TestAskHasFiveAnswers(t *testing.T) {
	t.Parallel()
	h, ines := monday(t)
	ask := h.text(`select '/asks/' || id from ask`)
	h.anonymous().get(ask).is(http.StatusSeeOther)
	owen := h.as("owen-pryce")
	owen.get(ask).is(http.StatusNotFound)
	owen.post(ask, "level", "5").is(http.StatusNotFound)
	ines.get(ask).is(http.StatusOK).has(7, "input[name=level]")
	ines.maxRoundTrips(4, ask)
	ines.post(ask).is(http.StatusUnprocessableEntity).says(".wrong", "Choose one of the answers")
	ines.post(ask, "level", "9").is(http.StatusUnprocessableEntity).says(".wrong", "Choose one of the answers")
	ines.post(ask, "level", "cannot").goesTo("/")
	if n := h.count(`select count(*) from evidence where given_by = 'ines-calder'`); n != 0 {
		t.Errorf("not being able to say left %d rows", n)
	}
	ines.post(ask, "level", "4").is(http.StatusConflict)
	ines.get(ask).is(http.StatusOK).says("h1", "You have answered this")
	h.breaks("ask")
	ines.get(ask).is(http.StatusInternalServerError).silent()
}

func TestNoticesAreSeen(t *testing.T) {
	t.Parallel()
	h, ines := monday(t)
	ines.get("/notices").is(http.StatusOK).says("h1", "Nothing new").says("main", "Nobody has told you anything yet")
	h.exec(`
		insert into notice (person_id, kind, says, link, made_at, about)
		select 'ines-calder', 'chosen', 'Sentence ' || n || '.', '/projects/desk', '2026-05-10'::timestamptz - n * interval '1 hour', n::text
		from generate_series(1, 40) n`)
	ines.get("/").says("#changed summary", "40 things changed.").has(5, "#changed li")
	ines.maxRoundTrips(3, "/notices")
	first := ines.get("/notices").is(http.StatusOK).has(30, ".row p.strong").says(".row .fine", "New, ")
	older, _ := first.Find("a[rel=next]").Attr("href")
	ines.get(older).is(http.StatusOK).has(10, ".row p.strong")
	ines.post("/notices/seen", "then", "/notices").goesTo("/notices")
	ines.get("/").has(0, "#changed")
	h.anonymous().post("/notices/seen").is(http.StatusSeeOther)
}

func TestSearch(t *testing.T) {
	t.Parallel()
	h, ines := monday(t)
	ines.get("/search").is(http.StatusOK)
	ines.get("/search?q=pressure").is(http.StatusOK).says("main", "Night Pressure").says("main", "Open for a lead")
	ines.get("/search?q=dari").is(http.StatusOK).says("main", "Dario Venn")
	ines.get("/search?q=zebra").is(http.StatusOK).says("main", "Nothing is called “zebra”")
	ines.get("/search?q=%3Cscript%3E").is(http.StatusOK).has(0, "main script")
	ines.maxRoundTrips(3, "/search?q=pressure")
	h.anonymous().get("/search?q=x").is(http.StatusSeeOther)
}

func TestEveryActOfTheHomePageIsAnswered(t *testing.T) {
	t.Parallel()
	h, ines := monday(t)
	h.exec(`delete from term where state = 'offered'`)
	h.exec(`insert into claim_window (project_id, phase_id, opened_at, closes_at, closed_at, state, seed)
		select project_id, id, '2026-05-01', '2026-05-10', '2026-05-10', 'picked', 'seed' from phase where project_id in ('sensors', 'pump')`)
	h.exec(`
		insert into claim (window_id, project_id, phase_id, person_id, state, drafted_at, changed_at, submitted_at, with_person_id, coach_id)
		select w.id, w.project_id, w.phase_id, c.person, c.state, '2026-05-09', '2026-05-09', '2026-05-09', c.together, c.coach
		from claim_window w
		join (values
			('sensors', 'ines-calder', 'offered', null, null),
			('night', 'owen-pryce', 'submitted', 'ines-calder', null),
			('swim', 'noor-haddad', 'submitted', null, 'ines-calder'),
			('pump', 'dario-venn', 'chosen', null, null),
			('sensors', 'noor-haddad', 'not_chosen', null, null)
		) c (project, person, state, together, coach) on c.project = w.project_id`)
	h.exec(`
		insert into term (project_id, phase_id, person_id, state, claim_id, offered_at, answer_by)
		select project_id, phase_id, person_id, 'offered', id, '2026-05-10', '2026-05-14' from claim where state = 'offered'`)
	h.exec(`insert into term (project_id, person_id, role, state, offered_at, answer_by) values ('desk', 'owen-pryce', 'co', 'asked', '2026-05-10', '2026-05-13')`)
	h.exec(`
		insert into pick (window_id, project_id, number, claim_id, rule, sentence, compared, band_size, made_at, state, asked_of, answer_by)
		select window_id, project_id, 1, id, 'best', 'Best placed.', 1, 1, '2026-05-10', 'waiting', 'ines-calder', '2026-05-12' from claim where state = 'chosen'`)
	h.exec(`
		insert into review (claim_id, project_id, asked_by, asked_at, what, asked_of, answer_by)
		select id, project_id, person_id, '2026-05-10', 'My letters were missed.', 'ines-calder', '2026-05-20' from claim where state = 'not_chosen'`)
	h.exec(`update claim_window set state = 'inviting', closes_at = null where project_id = 'meter'`)
	h.exec(`
		insert into invite (window_id, project_id, person_id, band, made_at, answer_by)
		select id, project_id, 'ines-calder', 1, '2026-05-10', '2026-05-16' from claim_window where project_id = 'meter'`)
	home := ines.get("/?all=yes").is(http.StatusOK)
	for _, kind := range []string{"offer", "pick", "invite", "need", "ask", "place", "with", "coach", "review"} {
		home.has(1, fmt.Sprintf("[id^=%s-]", kind))
	}
	home.has(1, ".button:not(.outlined)")
	home.Find("main a").Each(func(_ int, link *goquery.Selection) {
		to, _ := link.Attr("href")
		ines.get(to).is(http.StatusOK)
	})
	answered := 0
	home.Find("main form").Each(func(_ int, form *goquery.Selection) {
		action, _ := form.Attr("action")
		var fields []string
		form.Find("input").Each(func(_ int, input *goquery.Selection) {
			name, _ := input.Attr("name")
			value, _ := input.Attr("value")
			fields = append(fields, name, value)
		})
		// What was answered by the button beside it is a conflict, or gone; a stretch asks for a coach.
		if status := ines.post(action, fields...).Response.StatusCode; status == http.StatusSeeOther {
			answered++
		} else if status >= 500 || status == http.StatusForbidden || status == http.StatusBadRequest {
			t.Errorf("POST %s: %d", action, status)
		}
	})
	if answered < 7 {
		t.Errorf("only %d acts were carried out", answered)
	}
}

func TestWhatOneBeganIsOnOnesHomePage(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	ines, ben := h.person("Ines Calder"), h.person("Ben Orde")
	h.exec(`insert into project (id, title, state, proposed_by) values ('swim', 'Swim Forecast', 'open', null), ('paint', 'Hydrant Paint', 'draft', $1)`, ines)
	h.exec(`insert into phase (project_id) values ('swim')`)
	h.exec(`insert into claim_window (project_id, phase_id, opened_at, closes_at, seed) select 'swim', id, $1, $2, 's' from phase`, wall, wall.AddDate(0, 0, 3))
	h.exec(`insert into claim (window_id, project_id, phase_id, person_id, state, drafted_at, changed_at, submitted_at)
		select id, project_id, phase_id, $1, 'submitted', $2, $2, $2 from claim_window`, ines, wall)
	h.as(ines).get("/").is(http.StatusOK).says("#begun-swim", "Only you can see that until claims close. They close Thursday").says("#begun-paint", "Until it is published only you see it, and its stewards.")
	h.as(ben).get("/").is(http.StatusOK).has(0, "[id^=begun-]")
	h.exec(`update claim_window set closes_at = null`)
	if text := h.as(ines).get("/").said("#begun-swim"); strings.Contains(text, "They close") {
		t.Errorf("the end that follows from claims is told: %s", text)
	}
}

func TestANoticeDoesNotKeepAsking(t *testing.T) {
	t.Parallel()
	h, ines := monday(t)
	h.exec(`insert into notice (person_id, kind, who_id, skill_id, of_id, made_at, about)
		select 'ines-calder', 'asked', person_id, skill_id, id, '2026-05-10', 'ask ' || id from ask`)
	ines.get("/").is(http.StatusOK).says("main", "Owen Pryce asks what you can say about River levels.").has(0, ".since")
	ask := h.text(`select id::text from ask`)
	ines.post("/asks/"+ask, "level", "3").is(http.StatusSeeOther)
	ines.get("/").is(http.StatusOK).says(".since", "You answered.")
	ines.get("/notices").is(http.StatusOK).says(".since", "You answered.")
}

// What has come to an executive waits on their home page, and can be answered on the review.
func TestAnExecutivesHomeHasWhatCameToThem(t *testing.T) {
	t.Parallel()
	h, ines := monday(t)
	h.exec(`insert into need (project_id, kind, what, asked_of, answer_by) values ('night', 'hours', '4 hours a week', 'ines-calder', '2026-05-20')`)
	h.exec(`insert into hat (person_id, kind, given_at) values ('ines-calder', 'executive', $1)`, wall)
	grant := path.GrantNeed("night", h.text(`select id::text from need where project_id = 'night'`))
	ines.get("/?all=yes").is(http.StatusOK).has(1, `[id^=need-] form[action="`+grant+`"]`)
	ines.get("/admin").is(http.StatusOK).says("main", "An answer is wanted by 20 May.").has(1, `form[action="`+grant+`"]`)
	ines.maxRoundTrips(4, "/")
	ines.post(grant, "back", path.Admin).goesTo(path.Admin)
}

func TestAllThatIsWrongWithTheFirstAnswersIsToldAtOnce(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	teo := h.as(h.person("Teo Marchi"))
	h.exec(`update person set welcomed_at = null`)
	long := strings.Repeat("x", 90)
	bad := teo.post("/welcome", "known", long, "level", "9", "wish", long, "hours", "900", "colleagues", "Nobody Else, Teo Marchi, No One").is(http.StatusUnprocessableEntity)
	bad.says(".wrong", "Choose one of the answers.").says(".wrong", "Say the hours a week as a number from 0 to 168.").
		says(".wrong", "Nobody here is called Nobody Else or No One.").says(".wrong", "Choose somebody other than yourself.")
	if n := strings.Count(bad.said(".wrong"), "Name it in 80 characters or fewer."); n != 2 {
		t.Errorf("too long a skill is told %d times, want at both fields: %s", n, bad.said(".wrong"))
	}
	bad = teo.post("/welcome/before", "skill", long, "level", "9").is(http.StatusUnprocessableEntity)
	for _, says := range []string{"Say what it was", "Name it in 80 characters", "Choose one of the answers.", "Name one colleague"} {
		bad.says(".wrong", says)
	}
}
