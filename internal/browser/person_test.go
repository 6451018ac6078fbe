package browser_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/jackc/pgx/v5/pgxpool"

	"skein/internal/browser"
	"skein/internal/postgres"
	"skein/internal/postgres/pgtest"
	"skein/internal/server"
	"skein/web/path"
)

// cheap makes passwords quick to check, in tests alone.
var cheap = &argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}

const password = "a goose in the front row"

// teo is a house with somebody who was never here before, a colleague, and two open leads.
func teo(t *testing.T) (address string, pool *pgxpool.Pool) {
	t.Helper()
	pool = pgtest.New(t)
	hash, err := argon2id.CreateHash(password, cheap)
	if err != nil {
		t.Fatal(err)
	}
	_, err = pool.Exec(context.Background(), `
		insert into circle (id, name) values ('apps', 'Field Apps');
		insert into person (id, name, email, circle_id) values
			('teo', 'Teo Marchi', 'teo@corriemere.example', 'apps'), ('alba', 'Alba Runciman', 'alba@corriemere.example', 'apps');
		insert into skill (id, name) values ('valve', 'Valve data'), ('night', 'Night flows'), ('write', 'Plain writing');
		insert into evidence (person_id, skill_id, kind, level, observed_on) values ('alba', 'night', 'self', 3, '2026-05-01');
		insert into project (id, title, purpose, state, hours_per_week, end_on) values
			('pressure', 'Night Pressure', 'Lower the pressure at night.', 'open', 4, '2026-09-30'),
			('letters', 'Meter Letters', 'Letters that people read.', 'open', 2, '2026-09-30');
		insert into phase (project_id) select id from project;
		insert into claim_window (project_id, phase_id, opened_at, closes_at, seed)
			select project_id, id, '2026-05-08', '2026-05-15', 'seed' from phase;
		insert into requirement (phase_id, skill_id, importance, level)
		select id, case project_id when 'letters' then 'write' else 'valve' end, 3, 3 from phase`)
	if err != nil {
		t.Fatal(err)
	}
	_, err = pool.Exec(context.Background(), `
		insert into account (person_id, email, password_hash, made_at) select id, email, $1, now() from person`, hash)
	if err != nil {
		t.Fatal(err)
	}
	var handler http.Handler
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { handler.ServeHTTP(w, r) }))
	t.Cleanup(web.Close)
	now := time.Date(2026, 5, 11, 9, 0, 0, 0, time.UTC)
	handler = server.New(server.Config{DB: postgres.New(pool), Now: func() time.Time { return now }, BaseURL: web.URL, Passwords: cheap})
	return web.URL, pool
}

// signIn opens a browser in which somebody has just come in.
func signIn(t *testing.T, address, email string, look browser.Look) *browser.Page {
	t.Helper()
	p := browser.Open(t, address+path.SignIn, look)
	p.Field("E-mail address").Fill(email)
	p.Field("Password").Fill(password)
	p.Button("Sign in").Click()
	return p
}

func TestNinetySecondsAtAFirstSignIn(t *testing.T) {
	t.Parallel()
	address, _ := teo(t)
	p := signIn(t, address, "teo@corriemere.example", browser.Look{})
	p.Heading("Good morning, Teo")
	p.Sound()
	p.Field("Three things people come to you for").Type("valve data")
	p.Press(",")
	p.Button("Night flows").Click()
	p.Field("One you want to try").Type("Plain writing")
	p.Press(",")
	p.Role("radio", "4").Click()
	p.Field("Whom could we ask about these?").Type("Alba Runciman")
	p.Press(",")
	p.Pictures("first-sign-in")
	p.Button("Show me leads").Click()
	p.Says("One colleague is asked one question each.")
	p.Says("Night Pressure")
	p.Says("New ground")
	p.Says("You want to try Plain writing. 2 hours; you have 4.")
	p.Sound()
	p.Pictures("home")
	p.Button("Not for me Meter Letters").Click()
	p.Says("It will not come back to this page.")
	p.Button("Undo").Click()
	p.Says("It is back.")

	alba := signIn(t, address, "alba@corriemere.example", browser.Look{})
	alba.Button("Later").Click()
	alba.Heading("One person is waiting for you")
	alba.Link("Answer Teo Marchi").Click()
	alba.Heading("What can you say about Teo and Valve data?")
	alba.Sound()
	alba.Pictures("ask")
	alba.Role("radio", "Others come to them for it").Click()
	alba.Button("Say so").Click()
	alba.Says("They are told what you said.")

	p.Visit(address + path.Person("teo"))
	p.Says("others come to you: Alba Runciman, May.")
	p.Sound()
	p.Button("Hide what Alba Runciman says").Click()
	p.Says("It is hidden, and counts for nothing.")
}

// A word that begins as one of the list does is typed to its end, and Enter ends it: the form is sent by its button.
func TestAWordIsWholeWhenItIsSaidSo(t *testing.T) {
	t.Parallel()
	address, pool := teo(t)
	if _, err := pool.Exec(context.Background(), `
		insert into skill (id, name) values ('valves', 'valve data of old pipes');
		update skill set name = 'valve data' where id = 'valve';
		update person set name = 'Runciman, Alba' where id = 'alba'`); err != nil {
		t.Fatal(err)
	}
	p := signIn(t, address, "teo@corriemere.example", browser.Look{})
	known := p.Field("Three things people come to you for")
	known.Type("valve data of old pipes")
	p.Press("\r\r")
	p.Field("Three things people come to you for").Type("valve data")
	p.Press(",")
	p.Field("Whom could we ask about these?").Type("Runciman, Alba")
	p.Press("\r\r")
	p.Heading("Good morning, Teo")
	for name, want := range map[string]string{"known": "valve data of old pipes, valve data", "colleagues": "Runciman, Alba"} {
		if got := browser.Eval[string](p, `document.querySelector("input[name=`+name+`]").value`); got != want {
			t.Errorf("%s holds %q, want %q", name, got, want)
		}
	}
	p.Button("Show me leads").Click()
	p.Says("One colleague is asked one question each.")
}

// Whoever mistypes reads what happened and when to try again, and types the password alone anew.
func TestAPasswordMistyped(t *testing.T) {
	t.Parallel()
	address, pool := teo(t)
	for _, look := range []browser.Look{{}, {NoScript: true}} {
		if _, err := pool.Exec(context.Background(), `delete from sign_in_wait`); err != nil {
			t.Fatal(err)
		}
		p := browser.Open(t, address+path.SignIn, look)
		for _, says := range []string{"do not go together. You can try again in 1 second.", "this one was not looked at, right or wrong. Try again in 1 second"} {
			if says[0] == 'd' {
				p.Field("E-mail address").Fill("teo@corriemere.example")
			}
			p.Field("Password").Fill("a goose in the back row")
			p.Button("Sign in").Click()
			p.Says(says)
			if email, typed := p.Field("E-mail address").Value(), p.Field("Password").Value(); email != "teo@corriemere.example" || typed != "" {
				t.Errorf("the address is %q, the password %q", email, typed)
			}
			if !look.NoScript {
				p.Sound()
			}
		}
	}
}

// What is like what somebody types is offered, with the letters that stand there: browsers show no other.
func TestSkillsThatAreLikeWhatIsTypedAreOffered(t *testing.T) {
	t.Parallel()
	address, _ := teo(t)
	p := signIn(t, address, "teo@corriemere.example", browser.Look{})
	const first = `document.querySelector("#field-known").list.options[0]`
	offers := func(value, label string) {
		t.Helper()
		if got := browser.Eval[string](p, `new Promise((done) => {
			const look = (n) => {
				const first = `+first+`, says = first ? first.value + "|" + first.label : "";
				if (says === "`+value+"|"+label+`" || n > 100) done(says); else setTimeout(look, 40, n + 1);
			};
			look(0);
		})`); got != value+"|"+label {
			t.Errorf("offered first: %q, want %q", got, value)
		}
	}
	p.Field("Three things people come to you for").Type("night fl")
	offers("Night flows", "")
	p.Press("\r")
	p.Field("Three things people come to you for").Type("valv dta")
	offers("Valve data", "Valve data, like “valv dta”")
}

func TestEverythingAboutOneselfWithoutScript(t *testing.T) {
	t.Parallel()
	address, pool := teo(t)
	p := signIn(t, address, "teo@corriemere.example", browser.Look{NoScript: true})
	p.Field("Three things people come to you for").Fill("valve data, phone apps")
	p.Field("Whom could we ask about these?").Fill("Somebody Else")
	p.Button("Show me leads").Click()
	p.Says("Nobody here is called Somebody Else.")
	if typed := p.Field("Three things people come to you for").Value(); typed != "valve data, phone apps" {
		t.Errorf("what was typed is gone: %q", typed)
	}
	p.Field("Whom could we ask about these?").Fill("Alba Runciman")
	p.Button("Show me leads").Click()
	p.Says("Look below, under Could be yours.")
	p.Visit(address + path.Settings)
	p.Field("One thing to try").Fill("Deciding quickly")
	p.Button("Add").Click()
	p.Says("Deciding quickly")
	var wishes int
	if err := pool.QueryRow(context.Background(), `select count(*) from wish where skill_id = 'practice-quick-decisions'`).Scan(&wishes); err != nil || wishes != 1 {
		t.Errorf("%d wishes, %v", wishes, err)
	}
}

func TestPagesOfPeopleAreSound(t *testing.T) {
	t.Parallel()
	address, pool := teo(t)
	_, err := pool.Exec(context.Background(), `
		update person set welcomed_at = now();
		insert into notice (person_id, kind, says, link, made_at, about) values ('teo', 'led', 'Alba leads Night Pressure.', '/projects/pressure', '2026-05-10', 'x');
		insert into absence (person_id, from_on) values ('teo', '2026-05-01')`)
	if err != nil {
		t.Fatal(err)
	}
	p := signIn(t, address, "teo@corriemere.example", browser.Look{})
	for _, at := range []string{path.Home, path.People, path.Person("alba"), path.Settings, path.SettingsSignIn, path.How, path.Notices, path.WelcomeBefore, path.Search + "?q=night"} {
		p.Visit(address + at)
		p.Sound()
	}
}

// The sentence above the seven answers says what they say, also once they were changed by hand.
func TestTheProposalsSentencesFollowTheAnswers(t *testing.T) {
	t.Parallel()
	address, _ := teo(t)
	p := signIn(t, address, "alba@corriemere.example", browser.Look{})
	p.Visit(address + path.NewProject)
	browser.Eval[bool](p, `document.querySelector("input[name=template][value=fix]").click() ?? true`)
	p.Says("We assumed: experts can find out what is wrong")
	browser.Eval[bool](p, `(document.querySelector("#assumed details").open = true, document.querySelector("#needs details").open = true)`)
	p.Field("If it goes wrong, how bad is it, and can we undo it?").Select("It must not go wrong.")
	p.Says("As you answered: experts can find out what works. It must not go wrong.")
	browser.Eval[bool](p, `(() => { const what = document.querySelector("[name='need_what.0']"); what.value = "A long ladder"; what.dispatchEvent(new Event("change", {bubbles: true})); return true })()`)
	p.Says("A long ladder; ")
}
