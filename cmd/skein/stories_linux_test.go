package main

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"skein/internal/chooser"
	"skein/internal/postgres"
	"skein/internal/postgres/pgtest"
	"skein/internal/skein"
)

// step is one move of the stories: somebody sends a form to a project's address, or lets the clock strike. The form is
// sent once more, word for word, after the server was killed in the middle of it.
type step struct {
	first string // what is set before it
	who   string
	to    string // below the project; with a %s in it, what the query named finds
	named string
	reads string // the page below the project whose version the form carries; empty: none
	form  []string
	event string // what the log holds of it, once; empty: nothing of its own
	clock bool   // the demo's clock is moved to what is due next there, and it happens
	so    string // is true of the database afterwards
}

const (
	storyProject = "drought-desk"
	tomas, marta = "tomas-orr", "marta-oyelaran"
	ines, hamish = "ines-calder", "hamish-orde"
	storyKey     = "018f0000-0000-7000-8000-0000000000f1"
)

// stories are a lead's week, a question, what the lead decides, a decision with advice, a lead that is reconsidered,
// somebody who stands in, a handing on that is said back and signed, how it went, and a project that is reopened.
// Another's verbs are a line each.
func stories() []step {
	until := time.Now().AddDate(0, 0, 3).Format(time.DateOnly)
	change := []string{"hours", "5", "area.0", "The daily note", "decides.0", "alone", "reason", "It grew."}
	again := []string{"hours", "6", "area.0", "The daily note", "decides.0", "after_advice", "reason", "Six, then."}
	like := []string{
		"uncertainty", "chaotic", "stakes", "5", "urgency", "5", "expertise", "4", "commitment", "3", "reach", "4", "readiness", "3", "why", "The Corrie fell below the mark.",
	}
	asked := `select id::text from decision where question = 'Do we call at six?'`
	how := `select id::text from outcome where project_id = 'drought-desk' and state = 'asking' order by opened_at desc limit 1`
	waiting := `select id::text from remit_change where state = 'proposed' and project_id = 'drought-desk'`
	return []step{
		{who: tomas, to: "/week", form: []string{"state", "at_risk", "says", "Three reservoirs fall faster."}, event: "week.say", so: `select count(*) = 1 from week_word where project_id = 'drought-desk' and says = 'Three reservoirs fall faster.'`},
		{who: marta, to: "/week/%s/seen", named: `select id::text from week_word where project_id = 'drought-desk' order by day desc limit 1`, form: []string{"shown", skein.Word{State: skein.WordAtRisk, Says: "Three reservoirs fall faster."}.Version()}, event: "week.see"},
		{who: hamish, to: "/ask", form: []string{"says", "Which street is next?"}, event: "lead.ask", so: `select count(*) = 1 from question where says = 'Which street is next?'`},
		{who: tomas, to: "/questions/%s", named: `select id::text from question where says = 'Which street is next?'`, form: []string{"answer", "Weir Lane."}, event: "lead.reply"},
		{who: tomas, to: "/links", form: []string{"label", "The map", "url", "https://maps.corriemere.example/"}, event: "lead.link", so: `select count(*) = 1 from project_link where label = 'The map'`},
		{who: tomas, to: "/steps", form: []string{"says", "Call the farms", "due", until}, event: "lead.step", so: `select count(*) = 1 from step where says = 'Call the farms'`},
		{who: hamish, to: "/join", form: []string{"brings", "A boat"}, event: "team.join", so: `select count(*) = 1 from member where person_id = 'hamish-orde' and project_id = 'drought-desk' and left_at is null`},
		{who: tomas, to: "/remit", form: change, event: "remit.propose", so: `select count(*) = 1 from remit_change where project_id = 'drought-desk'`},
		{who: marta, to: "/remit/%s", named: waiting, form: []string{"answer", "no", "refusal", "Six is what I can give."}, event: "remit.refuse", so: `select hours_per_week = 4 from project where id = 'drought-desk'`},
		{who: tomas, to: "/remit", form: again, event: "remit.propose"},
		{who: marta, to: "/remit/%s", named: waiting, form: []string{"answer", "yes"}, event: "remit.agree", so: `select hours_per_week = 6 from project where id = 'drought-desk'`},
		{who: tomas, to: "/decisions/new", form: []string{"question", "Do we call at six?", "options", "At six.\nAt seven.", "area", "The daily note"}, event: "decision.open", so: `select count(*) = 1 from decision where question = 'Do we call at six?'`},
		{who: tomas, to: "../../decisions/%s/ask", named: asked, form: []string{"names", "Hamish Orde", "why", "knows the crews", "until", until}, event: "decision.ask", so: `select count(*) = 1 from advice join decision on decision.id = decision_id where question = 'Do we call at six?'`},
		{who: hamish, to: "../../decisions/%s/advise", named: asked, form: []string{"answer", "yes", "advice", "At six, before the crews leave."}, event: "decision.advise"},
		{who: tomas, to: "../../decisions/%s/decide", named: asked, reads: "../../decisions/%s/decide", form: []string{"chosen", "1", "says", "We call at six", "reason", "The crews leave at seven."}, event: "decision.decide", so: `select count(*) = 1 from decision where state = 'decided' and says = 'We call at six'`},
		{who: tomas, to: "/changed", reads: "/changed", form: like, event: "project.restate", so: `select count(*) = 1 from reconsideration where project_id = 'drought-desk' and state = 'open' and due is not null`},
		{who: tomas, to: "/reconsider", reads: "/reconsider", form: []string{"answer", "keep"}, event: "reconsider.answer"},
		{who: marta, to: "/reconsider", reads: "/reconsider", form: []string{"answer", "keep"}, event: "reconsider.answer", so: `select count(*) = 1 from reconsideration where project_id = 'drought-desk' and state = 'kept'`},
		{who: tomas, to: "/stand-in", form: []string{"person", ines, "until", until}, event: "standin.ask", so: `select count(*) = 1 from stand_in where project_id = 'drought-desk' and state = 'asked'`},
		{who: ines, to: "/stand-in/%s", named: `select id::text from stand_in where project_id = 'drought-desk' order by asked_at desc limit 1`, form: []string{"answer", "yes"}, event: "standin.answer", so: `select count(*) = 1 from stand_in where project_id = 'drought-desk' and state = 'standing'`},
		{who: tomas, to: "/stand-in/%s/end", named: `select id::text from stand_in where project_id = 'drought-desk' order by asked_at desc limit 1`, event: "standin.end", so: `select count(*) = 0 from stand_in where project_id = 'drought-desk' and state in ('asked', 'standing')`},
		{who: tomas, to: "/hand-over", event: "term.hand_over", so: `select state = 'handing_over' from project where id = 'drought-desk'`},
		{who: tomas, to: "/take-back", event: "term.take_back", so: `select state = 'led' from project where id = 'drought-desk'`},
		{who: tomas, to: "/hand-over", event: "term.hand_over"},
		{who: hamish, to: "/claim", form: []string{"idempotency_key", storyKey, "why", "I know the river.", "read", "yes"}, event: "claim.submit", so: `select count(*) = 1 from claim where person_id = 'hamish-orde' and project_id = 'drought-desk' and state = 'submitted'`},
		{clock: true, event: "window.close", so: `select count(*) = 1 from pick where project_id = 'drought-desk' and state = 'waiting'`},
		{first: `update pick set asked_of = 'marta-oyelaran' where project_id = 'drought-desk' and state = 'waiting'`, who: marta, to: "../../picks/%s", named: `select id::text from pick where project_id = 'drought-desk' and state = 'waiting'`, form: []string{"answer", "confirm"}, event: "pick.confirm", so: `select count(*) = 1 from term where project_id = 'drought-desk' and person_id = 'hamish-orde' and state = 'offered'`},
		{who: hamish, to: "../../claims/%s/accept", named: `select claim_id::text from term where project_id = 'drought-desk' and state = 'offered'`, event: "term.accept", so: `select count(*) = 1 from handover where project_id = 'drought-desk' and state = 'draft' and due is not null`},
		{who: tomas, to: "/handing-on", form: []string{"now", "watch", "summary", "Nine streets hold."}, event: "handover.write"},
		{who: hamish, to: "/handing-on/said", reads: "/handing-on", form: []string{"now", "It may turn.", "summary", "I hold nine streets."}, event: "handover.say", so: `select count(*) = 1 from handover where project_id = 'drought-desk' and state = 'said_back'`},
		{who: tomas, to: "/handing-on/signed", reads: "/handing-on", event: "handover.sign", so: `select count(*) = 1 from term where project_id = 'drought-desk' and person_id = 'hamish-orde' and state = 'live' and role = 'primary'`},
		{who: tomas, to: "/how-did-it-go/%s", named: how, form: []string{"result", "reached", "again", "Call at six."}, event: "outcome.answer", so: `select count(*) = 1 from outcome where project_id = 'drought-desk' and state = 'asking'`},
		{who: ines, to: "/how-did-it-go/%s", named: how, form: []string{"result", "partly", "led", "Asked first."}, event: "outcome.answer"},
		{who: marta, to: "/how-did-it-go/%s", named: how, form: []string{"result", "reached"}, event: "outcome.answer"},
		{who: hamish, to: "/complete", form: []string{"reason", "It rained."}, event: "project.complete", so: `select state = 'completed' from project where id = 'drought-desk'`},
		{who: hamish, to: "/reopen", form: []string{"reason", "It stopped raining.", "end", time.Now().AddDate(0, 3, 0).Format(time.DateOnly)}, event: "project.reopen", so: `select state = 'open' from project where id = 'drought-desk'`},
	}
}

// telling is a demo that is served by a process that is killed.
type telling struct {
	*testing.T
	pool  *pgxpool.Pool
	owner string
	addr  string
	at    *process
	who   map[string]*http.Client
	made  map[string]int // how often each event was to happen
	dice  *rand.Rand
	took  time.Duration // the last step, just after a start: within about so long the next is killed
}

// TestStoriesAreWholeWhereverTheServerIsKilled kills the server with -9 in the middle of each step of the stories, starts
// it again, sends the step once more, and looks whether all is whole: no half move, no double notice, no lost clock.
func TestStoriesAreWholeWhereverTheServerIsKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("it starts some thirty servers")
	}
	t.Parallel()
	seed := uint64(time.Now().UnixNano())
	t.Logf("killed by the seed %d", seed)
	h := &telling{
		T: t, owner: pgtest.OwnerURL(t), addr: freeAddress(t), who: map[string]*http.Client{}, made: map[string]int{}, took: 100 * time.Millisecond,
		dice: rand.New(rand.NewPCG(seed, seed)),
	}
	h.pool = pgtest.Owner(t)
	h.serves()
	h.prepared()
	amid := 0
	for i, s := range stories() {
		if h.interrupted(s) {
			amid++
		}
		if s.event != "" {
			h.made[s.event]++
		}
		h.whole(fmt.Sprintf("step %d, %s %s", i+1, s.who, s.to), s)
		if t.Failed() {
			t.FailNow()
		}
	}
	t.Logf("killed %d times; %d steps were made before the kill", len(stories()), amid)
}

func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// serves starts a server, and waits until it answers.
func (h *telling) serves() {
	h.Helper()
	h.at = starts(h.T, []string{"DATABASE_URL=" + h.owner}, "serve", "--demo", "--addr", h.addr)
	eventually(h.T, "it serves", func() bool {
		if h.at.ProcessState != nil {
			h.Fatalf("serve ended: %s", h.at.errs.String())
		}
		answer, err := http.Get("http://" + h.addr + "/readyz")
		if err != nil {
			return false
		}
		defer answer.Body.Close()
		return answer.StatusCode == http.StatusOK
	})
}

// prepared signs everybody in, and makes Hamish ready.
func (h *telling) prepared() {
	h.Helper()
	h.exec(`update person set hours_per_week = 40 where id in ('hamish-orde', 'tomas-orr', 'ines-calder')`)
	h.exec(`update term set state = 'void' where project_id = 'drought-desk' and state = 'asked'`)
	h.exec(`update guardrail set number = 9 where kind = 'leads_at_once'`) // or whoever claims is passed over
	h.exec(`insert into evidence (person_id, skill_id, kind, level, observed_on, source)
		select 'hamish-orde', skill_id, 'outcome', 5, current_date - 40, source
		from requirement
		join phase on phase.id = requirement.phase_id and phase.project_id = 'drought-desk'
		cross join unnest(array['a drought', 'a flood', 'a winter']) source`)
	for _, who := range []string{tomas, marta, ines, hamish} {
		jar, err := cookiejar.New(nil)
		if err != nil {
			h.Fatal(err)
		}
		h.who[who] = &http.Client{Jar: jar, Timeout: time.Minute, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
		if status, says := h.post(h.who[who], "/demo/sign-in", []string{"person", who}); status != http.StatusSeeOther {
			h.Fatalf("%s comes in: %d %s", who, status, says)
		}
	}
	for _, s := range stories() {
		if _, ok := h.made[s.event]; !ok {
			h.made[s.event], _ = strconv.Atoi(h.one(`select count(*)::text from audit_event where project_id = '` + storyProject + `' and action = '` + s.event + `'`))
		}
	}
}

// post sends a form; status 0: the server was gone.
func (h *telling) post(c *http.Client, at string, form []string) (status int, says string) {
	values := url.Values{}
	for i := 0; i+1 < len(form); i += 2 {
		values.Add(form[i], form[i+1])
	}
	answer, err := c.PostForm("http://"+h.addr+at, values)
	if err != nil {
		return 0, err.Error()
	}
	defer answer.Body.Close()
	var body bytes.Buffer
	_, _ = body.ReadFrom(answer.Body)
	return answer.StatusCode, body.String()
}

// interrupted makes a step, kills the server meanwhile, and makes it again; it tells whether it was made by the kill.
func (h *telling) interrupted(s step) (made bool) {
	h.Helper()
	if s.first != "" {
		h.exec(s.first)
	}
	client, at, form := h.who[s.who], "/projects/"+storyProject+s.to, s.form
	if s.named != "" {
		at = fmt.Sprintf(at, h.one(s.named))
	}
	if path, ok := above(at); ok {
		at = path
	}
	if s.clock {
		client, at, form = h.who[tomas], "/demo/skip", []string{"project", storyProject, "anyway", "yes"}
	}
	if s.reads != "" {
		read := "/projects/" + storyProject + s.reads
		if path, ok := above(read); ok {
			read = fmt.Sprintf(path, h.one(s.named))
		}
		form = append(slices.Clone(form), "version", h.version(client, read))
	}
	offset := h.one(`select clock_offset::text from organisation`)
	sent := make(chan int, 1)
	go func() {
		status, _ := h.post(client, at, form)
		sent <- status
	}()
	time.Sleep(time.Duration(h.dice.Float64() * 1.2 * float64(h.took)))
	_ = h.at.Process.Kill()
	_ = h.at.Wait()
	<-sent
	made = s.event != "" && h.count(s.event) > h.made[s.event]
	h.serves()
	if s.clock && h.one(`select clock_offset::text from organisation`) != offset {
		h.ticks()
		return made
	}
	began := time.Now()
	status, says := h.post(client, at, form)
	h.took = time.Since(began)
	if fine := status == http.StatusSeeOther || made && (status == http.StatusConflict || status == http.StatusForbidden); !fine {
		h.Errorf("%s sends %s again, made before %v: %d %s", s.who, at, made, status, said(says))
	}
	return made
}

// version is that of a page's form.
func (h *telling) version(c *http.Client, at string) string {
	h.Helper()
	answer, err := c.Get("http://" + h.addr + at)
	if err != nil {
		h.Fatal(err)
	}
	defer answer.Body.Close()
	var body bytes.Buffer
	_, _ = body.ReadFrom(answer.Body)
	found := regexp.MustCompile(`name="version" value="([^"]*)"`).FindStringSubmatch(body.String())
	if found == nil {
		h.Fatalf("%s has no version: %s", at, said(body.String()))
	}
	return found[1]
}

// above is an address that is not below the project.
func above(at string) (string, bool) {
	const up = "/projects/" + storyProject + "../.."
	if len(at) > len(up) && at[:len(up)] == up {
		return at[len(up):], true
	}
	return at, false
}

var mainSaid = regexp.MustCompile(`(?s)<main.*</main>`)

func said(page string) string {
	text := regexp.MustCompile(`<[^>]*>`).ReplaceAllString(mainSaid.FindString(page), " ")
	return regexp.MustCompile(`\s+`).ReplaceAllString(text, " ")
}

// ticks makes what is due happen, as another server would whose tick is not held up by the one that was killed.
func (h *telling) ticks() {
	h.Helper()
	db := postgres.New(h.pool)
	var offset time.Duration
	if err := h.pool.QueryRow(context.Background(), `select clock_offset from organisation`).Scan(&offset); err != nil {
		h.Fatal(err)
	}
	c := chooser.New(db)
	if err := db.Lead.Tick(context.Background(), time.Now().Add(offset), c.Judge()); err != nil {
		h.Errorf("tick: %v", err)
	}
}

func (h *telling) count(event string) int {
	n, _ := strconv.Atoi(h.one(`select count(*)::text from audit_event where project_id = '` + storyProject + `' and action = '` + event + `'`))
	return n
}

func (h *telling) one(sql string) string {
	h.Helper()
	var found string
	if err := h.pool.QueryRow(context.Background(), sql).Scan(&found); err != nil {
		h.Fatalf("%s: %v", sql, err)
	}
	return found
}

func (h *telling) exec(sql string) {
	h.Helper()
	pgtest.Exec(h.T, h.pool, sql)
}

// neverSo must find nothing at any moment between two moves.
var neverSo = map[string]string{
	"two lead one project":                     `select project_id from term where role = 'primary' and state in ('live', 'handing_over') group by 1 having count(*) > 1`,
	"a led project without its lead":           `select id from project where state = 'led' and (select count(*) from term where project_id = project.id and role = 'primary' and state = 'live') <> 1`,
	"a handing on without who hands on":        `select id from project where state = 'handing_over' and (select count(*) from term where project_id = project.id and role = 'primary' and state = 'handing_over') <> 1`,
	"somebody leads what is over or open":      `select project_id from term join project on project.id = project_id where role = 'primary' and term.state in ('live', 'handing_over') and project.state not in ('led', 'handing_over', 'paused')`,
	"not one window where somebody is sought":  `select id from project where state in ('open', 'handing_over') and (select count(*) from claim_window where project_id = project.id and claim_window.state in ('open', 'inviting', 'picked')) <> 1`,
	"a window where nobody is sought":          `select project_id from claim_window join project on project.id = project_id where claim_window.state in ('open', 'inviting', 'picked') and project.state not in ('open', 'handing_over')`,
	"an offer without its clock":               `select project_id from term where state in ('offered', 'asked') and answer_by is null`,
	"a check without its clock":                `select project_id from pick where state = 'waiting' and (answer_by is null or asked_of is null)`,
	"a question to stand in without its clock": `select project_id from stand_in where state = 'asked' and answer_by is null`,
	"a note that is waited for without clock":  `select handover.project_id from handover join term on term.id = next_id where handover.state in ('written', 'said_back') and term.state = 'accepted' and due is null`,
	"a change without its clock":               `select project_id from remit_change where state = 'proposed' and (answer_by is null or asked_of is null)`,
	"a change of a lead that has ended":        `select remit_change.project_id from remit_change join term on term.id = term_id where remit_change.state = 'proposed' and term.state <> 'live'`,
	"how it went without a clock":              `select project_id from outcome where state = 'asking' and due is null`,
	"one lead reviewed twice":                  `select term_id from outcome where state <> 'void' group by 1 having count(*) > 1`,
	"evidence twice":                           `select person_id from evidence where kind = 'outcome' and source = 'drought-desk' group by person_id, skill_id, observed_on having count(*) > 1`,
	"advice without a day":                     `select project_id from decision where state = 'asking' and advice_on is null`,
	"reconsidered twice":                       `select project_id from reconsideration where state = 'open' group by 1 having count(*) > 1`,
	"a lead without its next word":             `select project_id from term join project on project.id = project_id where role = 'primary' and term.state = 'live' and live_at is not null and word_due is null and project.id = 'drought-desk'`,
	"a notice twice":                           `select about from notice group by person_id, kind, about having count(*) > 1`,
	"a mail twice":                             `select notice_id::text from mail where notice_id is not null group by 1 having count(*) > 1`,
	"a job twice":                              `select kind from river_job where unique_key is not null and state in ('available', 'pending', 'scheduled') group by kind, unique_key having count(*) > 1`,
	"somebody works more than they can": `select person.id from person where hours_per_week is not null and hours_per_week < (
		select coalesce(sum(project.hours_per_week), 0) from project where project.id = 'drought-desk' and project.id in (
			select project_id from term where term.person_id = person.id and role in ('primary', 'co') and term.state in ('live', 'handing_over')))`,
}

// whole looks whether all is whole after a step.
func (h *telling) whole(at string, s step) {
	h.Helper()
	for what, sql := range neverSo {
		if n := h.one(`select count(*)::text from (` + sql + `) found`); n != "0" {
			h.Errorf("%s: %s", at, what)
		}
	}
	for event, n := range h.made {
		if got := h.count(event); event != "" && got != n {
			h.Errorf("%s: %s is in the log %d times, want %d", at, event, got, n)
		}
	}
	if s.so != "" && h.one(`select (`+s.so+`)::text`) != "true" {
		h.Errorf("%s: it is not so: %s", at, s.so)
	}
}
