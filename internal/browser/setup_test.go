package browser_test

import (
	"context"
	"log/slog"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"skein/internal/browser"
	"skein/internal/chooser"
	"skein/internal/intake"
	"skein/internal/jobs"
	"skein/internal/postgres"
	"skein/internal/postgres/pgtest"
	"skein/internal/server"
	"skein/internal/skein"
)

// town is Skein on a database that holds nothing, with a clock that the test moves as a demo's is moved.
type town struct {
	*house
	clock *jobs.Clock
}

func emptyTown(t *testing.T) (town, string) {
	t.Helper()
	pool := pgtest.New(t)
	db := postgres.New(pool)
	quiet := slog.New(slog.DiscardHandler)
	choose := chooser.New(db)
	clock, err := jobs.New(jobs.Config{Pool: pool, DB: db, Chooser: choose, Log: quiet, Now: time.Now, Demo: true})
	if err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(server.New(server.Config{
		DB: db, Log: quiet, Now: time.Now, BaseURL: "http://localhost", Demo: true, Passwords: cheap, Tick: clock.Tick,
		Intake: &intake.Intake{DB: db, Chooser: choose, Log: quiet, Now: time.Now},
	}))
	t.Cleanup(web.Close)
	token, hash := server.NewToken()
	if first, err := db.Door.FirstInvitation(context.Background(), skein.Itself(time.Now(), time.UTC), hash); err != nil || !first {
		t.Fatalf("first link: %v, %v", first, err)
	}
	return town{&house{t: t, pool: pool, url: web.URL}, clock}, token
}

// forty writes a workbook of forty made-up people in four teams, two of whom have the skill that is asked for.
func forty(t *testing.T) string {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	row := func(n int, cells ...any) {
		if err := book.SetSheetRow("Sheet1", "A"+strconv.Itoa(n), &cells); err != nil {
			t.Fatal(err)
		}
	}
	row(1, "Staff no.", "Full name", "E-mail", "Team", "Hours per week", "Grade")
	for n := range 40 {
		row(n+2, "q"+strconv.Itoa(100+n), "Person Number"+strconv.Itoa(n), "p"+strconv.Itoa(n)+"@quarry.example", []string{"bakery", "dairy", "garden", "market"}[n%4], 6, "G"+strconv.Itoa(n%5))
	}
	name := filepath.Join(t.TempDir(), "staff list.xlsx")
	if err := book.SaveAs(name); err != nil {
		t.Fatal(err)
	}
	return name
}

// handIn gives a file to the page of imports, as if it were dropped there.
func handIn(t *testing.T, p *browser.Page, name, as string) {
	t.Helper()
	bytes, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	p.Attach("input[type=file]", as, bytes)
}

// invited makes a link for somebody, and lets them come in by it.
func (w town) invited(admin *browser.Page, person string) *browser.Page {
	w.t.Helper()
	admin.Visit(w.url + "/admin/people/" + person)
	admin.Button("Make a link").Click()
	link := browser.Eval[string](admin, `document.querySelector("#link").textContent`)
	p := browser.Open(w.t, w.url+link[strings.Index(link, "/invitations/"):], browser.Look{})
	p.Field("New password").Type("a quite long password")
	p.Button("Come in").Click()
	if p.Has("button", "Later") {
		p.Button("Later").Click()
	}
	return p
}

// An organisation starts with nothing but the first link: forty people from a workbook, what is known of them from a
// file with semicolons, four teams, a steward, what matters; then a lead is proposed, claimed by two, picked, checked,
// gets less than it asked for, and somebody leads.
func TestAnOrganisationStartsInABrowser(t *testing.T) {
	t.Parallel()
	w, token := emptyTown(t)
	owen := browser.Open(t, w.url+"/invitations/"+token, browser.Look{})
	owen.Field("Your name").Type("Owen Pell")
	owen.Field("E-mail address to sign in with").Type("owen@quarry.example")
	owen.Field("New password").Type("four unrelated words")
	owen.Field("What your organisation is called").Type("Quarry Foods")
	owen.Field("Its time zone").Fill("Europe/London")
	owen.Button("Come in").Click()
	owen.Heading("Five things, and somebody leads")
	owen.Says("You administer Skein and are an executive")
	owen.Sound()
	owen.Pictures("setup")

	for _, team := range []string{"Bakery", "Dairy", "Garden", "Market"} {
		owen.Visit(w.url + "/admin/teams")
		owen.Field("Name").Type(team)
		browser.Eval[bool](owen, `(() => { document.querySelector("#new details")?.setAttribute("open", ""); return true })()`)
		owen.Field("Id").Fill(strings.ToLower(team))
		owen.Button("Make it").Click()
		owen.Says(team)
	}

	owen.Visit(w.url + "/admin/import")
	handIn(t, owen, forty(t), "staff list.xlsx")
	owen.Says("40")
	owen.Sound()
	owen.Pictures("setup-import")
	owen.Button("Bring in 40").Click()
	owen.Says("are in")
	w.says("40", `select count(*)::text from person where id like 'q1%' and circle_id is not null`)
	known := filepath.Join(t.TempDir(), "known.csv")
	lines := "person;skill;kind;level;observed_on\n"
	for _, who := range []string{"q101", "q105", "q109"} {
		lines += who + ";Cheese making;credential;4;03.05.2026\n"
	}
	if err := os.WriteFile(known, []byte(lines), 0o600); err != nil {
		t.Fatal(err)
	}
	owen.Visit(w.url + "/admin/import")
	handIn(t, owen, known, "known.csv")
	owen.Button("Bring in 4").Click() // with the skill that they name
	owen.Says("are in")
	w.says("3", `select count(*)::text from evidence`)

	owen.Visit(w.url + "/admin/teams/dairy")
	owen.Field("Name a steward").Type("Person Number3")
	owen.Button("Name them").Click()
	owen.Says("Person Number3")
	owen.Visit(w.url + "/admin/vision?add=priority#change")
	owen.Field("In a few words").Type("Good cheese")
	browser.Eval[bool](owen, `document.querySelector("input[name=weight][value='1']").click() ?? true`)
	owen.Button("Save the priority").Click()
	owen.Says("Good cheese")
	owen.Visit(w.url + "/admin/people/q104")
	browser.Eval[bool](owen, `document.querySelector("input[name=hat][value=executive]").click() ?? true`)
	owen.Button("Give this role").Click()
	owen.Says("They have that role now.")
	owen.Visit(w.url + "/admin/setup")
	owen.Heading("One thing, and somebody leads")
	one := w.invited(owen, "q101")
	one.Visit(w.url + "/projects/new")
	one.Field("What is it called?").Type("Goat Cheese")
	one.Field("What is it for?").Type("A cheese of our own by winter.")
	one.Field("Hours a week").Fill("4")
	one.Field("Until").Fill(time.Now().AddDate(0, 4, 0).Format(time.DateOnly))
	browser.Eval[bool](one, `document.querySelector("input[name=template][value=fix]").click() ?? true`)
	browser.Eval[bool](one, `(document.querySelectorAll("#assumed details, #needs details, details").forEach((d) => d.open = true), true)`)
	browser.Eval[bool](one, `(() => { document.querySelector("[name='skill.0']").value = "Cheese making"; document.querySelector("[name='importance.0']").value = "5"; document.querySelector("[name='level.0']").value = "3"; return true })()`)
	one.Button("Keep it as a draft").Click()
	one.Button("Publish it").Click()
	one.Says("Goat Cheese")
	w.says("open", `select state from project where title = 'Goat Cheese'`)
	var at string
	if err := w.pool.QueryRow(t.Context(), `select '/projects/' || id from project where title = 'Goat Cheese'`).Scan(&at); err != nil {
		t.Fatal(err)
	}
	five, nine := w.invited(owen, "q105"), w.invited(owen, "q109")
	for _, p := range []*browser.Page{five, nine} {
		p.Visit(w.url + at + "/claim")
		p.Field("I have read what is compared").Click()
		p.Button("Send my claim").Click()
		p.Says("Your claim is sent.")
	}
	three := w.invited(owen, "q103")
	if _, err := w.pool.Exec(t.Context(), `update organisation set demo = true, clock_offset = interval '7 days 1 minute'`); err != nil {
		t.Fatal(err)
	}
	if err := w.clock.Tick(t.Context()); err != nil {
		t.Fatal(err)
	}
	three.Visit(w.url)
	three.Link("Check Goat Cheese").Click()
	three.Says("You have no part in it.")
	three.Button("Confirm").Click()
	var who string
	if err := w.pool.QueryRow(t.Context(), `select person_id from term where state = 'offered'`).Scan(&who); err != nil {
		t.Fatal(err)
	}
	lead := map[string]*browser.Page{"q105": five, "q109": nine}[who]
	if lead == nil {
		t.Fatalf("the lead is offered to %s", who)
	}
	lead.Visit(w.url)
	lead.Button("Accept Goat Cheese").Click()
	w.says("accepted", `select state from term where person_id = $1`, who)
	three.Visit(w.url + at)
	three.Says("Nobody answered in time, so it counts as granted") // the hours, while claims gathered
	three.Link("Less, or no Access and tools").Click()
	browser.Eval[bool](three, `document.querySelector("input[name=answer][value=less]").click() ?? true`)
	three.Field("Why not, or what there is, in a sentence").Type("The rest is lent out.")
	three.Sound()
	three.Pictures("need")
	three.Button("Answer").Click()
	three.Says("It is answered: there is less.")
	w.says("accepted", `select state from term where person_id = $1`, who)
	lead.Visit(w.url + at)
	lead.Says("The rest is lent out.")
	lead.Button("I take it Access and tools").Click()
	w.says("live", `select state from term where person_id = $1`, who)
	lead.Visit(w.url + at)
	lead.Says("You lead this")
	owen.Visit(w.url + "/admin/setup")
	owen.Heading("Somebody leads")
}
