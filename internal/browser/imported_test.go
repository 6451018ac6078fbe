package browser_test

import (
	"context"
	"log/slog"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/jackc/pgx/v5/pgxpool"

	"skein/internal/browser"
	"skein/internal/exchange"
	"skein/internal/postgres"
	bulkdb "skein/internal/postgres/bulk"
	doordb "skein/internal/postgres/door"
	"skein/internal/postgres/pgtest"
	"skein/internal/server"
	"skein/internal/skein"
)

// An imported organisation: real people come in by a link and claim what nobody leads.
func TestAnImportedPersonComesInAndClaims(t *testing.T) {
	t.Parallel()
	data := filepath.Join(browser.Root(t), "..", "shared", "data", "k8s-release")
	if _, err := os.Stat(data); err != nil {
		t.Skip("the data of a real organisation is not beside this checkout (../shared/data)")
	}
	pool := pgtest.New(t)
	db := postgres.New(pool)
	load(t, db, data)
	load(t, db, folder(t, "projects.csv", "id,title,start_date,requirements,purpose,stakes\n"+
		"v1.38-docs,Kubernetes 1.38 release team: docs,2026-08-20,docs:5|release-team:1,Have every page true on the day of the release.,2\n"))
	administrator(t, db)
	web := httptest.NewServer(server.New(server.Config{DB: db, Log: slog.New(slog.DiscardHandler), Now: time.Now, BaseURL: "http://localhost"}))
	t.Cleanup(web.Close)

	admin := browser.Open(t, web.URL+"/sign-in", browser.Look{})
	admin.Field("E-mail address").Type("admin@example.org")
	admin.Field("Password").Type("a long enough password")
	admin.Button("Sign in").Click()
	admin.Visit(web.URL + "/admin/people/p-0004")
	admin.Button("Make a link").Click()
	link := browser.Eval[string](admin, `document.querySelector("#link").textContent`)

	person := browser.Open(t, web.URL+link[strings.Index(link, "/invitations/"):], browser.Look{})
	person.Field("E-mail address to sign in with").Type("person@example.org")
	person.Field("New password").Type("quite another password")
	person.Button("Come in").Click()
	person.Visit(web.URL + "/projects/v1.38-docs")
	person.Link("Claim this lead").Click()
	person.Field("I have read what is compared").Click()
	person.Button("Send my claim").Click()
	person.Says("Your claim is sent.")
	claimed(t, pool, "p-0004", "v1.38-docs")
}

// An imported person opens the panel of an open lead and reads each thing that their place is made of.
func TestAnImportedPersonReadsWhatTheirPlaceIsMadeOf(t *testing.T) {
	t.Parallel()
	for name, o := range map[string]struct {
		folder, person, project, led string
		extra                        string
	}{
		"made up": {
			folder: filepath.Join(browser.Root(t), "internal", "server", "testdata", "crews"),
			person: "g-01", project: "summer-maps", led: "Winter rounds: maps",
		},
		"of a real organisation": {
			folder: filepath.Join(browser.Root(t), "..", "shared", "data", "k8s-release"),
			person: "p-0004", project: "v1.38-docs", led: "Kubernetes 1.37 release team: docs",
			extra: "id,title,start_date,requirements,purpose,stakes\n" +
				"v1.38-docs,Kubernetes 1.38 release team: docs,2026-08-20,docs:5|release-notes:2|communications:2|release-team:1,Have every page true on the day of the release.,2\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := os.Stat(o.folder); err != nil {
				t.Skip("the data of a real organisation is not beside this checkout (../shared/data)")
			}
			pool := pgtest.New(t)
			db := postgres.New(pool)
			load(t, db, o.folder)
			if o.extra != "" {
				load(t, db, folder(t, "projects.csv", o.extra))
			}
			signsIn(t, pool, o.person)
			web := httptest.NewServer(server.New(server.Config{DB: db, Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return november }, BaseURL: "http://localhost", Passwords: cheap}))
			t.Cleanup(web.Close)

			p := signIn(t, web.URL, "somebody@example.org", browser.Look{})
			p.Visit(web.URL + "/projects/" + o.project)
			for _, says := range []string{
				"your work in “" + o.led + "”", "Who says so: What came of your work and certificates count in full", "half as much with every 180 days",
				"How rare: ", "You led “" + o.led + "”",
			} {
				p.Says(says)
			}
			p.Pictures("panel-" + o.project)
			browser.Eval[bool](p, `document.querySelector("#worked summary").click() ?? true`)
			for _, says := range []string{"as role lead", "of 100: how well you fit.", "Ready begins where", "people have it on record", "Being ready looks only at whether each thing is shown", "Whoever claims needs each of these:"} {
				p.Says(says)
			}
			looks := browser.Eval[string](p, `(() => {
				const fold = document.querySelector("#worked"), at = getComputedStyle(fold.querySelector("dd")), panel = document.querySelector(".panel-in"), pads = getComputedStyle(panel)
				return [fold.querySelector("summary").innerText.trim().split(/\s+/).pop(), at.fontSize, at.color === getComputedStyle(document.body).color, Math.round(fold.querySelector("dl").clientWidth - panel.clientWidth + parseFloat(pads.paddingLeft) + parseFloat(pads.paddingRight))].join()
			})()`)
			if looks != "Fold,16px,true,0" {
				t.Errorf("the open fold looks like %s", looks)
			}
			p.Pictures("worked-" + o.project)
			p.Sound()
		})
	}
}

// november is when the imported people look.
var november = time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)

// signsIn gives an imported person an account.
func signsIn(t *testing.T, pool *pgxpool.Pool, person string) {
	t.Helper()
	hash, err := argon2id.CreateHash(password, cheap)
	if err != nil {
		t.Fatal(err)
	}
	for _, sql := range []string{
		`update person set email = 'somebody@example.org', welcomed_at = now() where id = $1 and $2 <> ''`,
		`insert into account (person_id, email, password_hash, made_at) values ($1, 'somebody@example.org', $2, now())`,
	} {
		if _, err := pool.Exec(context.Background(), sql, person, hash); err != nil {
			t.Fatal(err)
		}
	}
}

// load imports a folder.
func load(t *testing.T, db *postgres.DB, dir string) {
	t.Helper()
	known, err := db.Bulk.Known(context.Background(), skein.Day(time.Now()))
	if err != nil {
		t.Fatal(err)
	}
	read, report := exchange.Read(dir, known, nil)
	if !report.OK() {
		t.Fatalf("%s: %+v", dir, report)
	}
	if _, err := db.Bulk.Import(context.Background(), skein.Itself(time.Now(), time.UTC), read, bulkdb.ImportOptions{}); err != nil {
		t.Fatal(err)
	}
}

// folder is a folder with one file.
func folder(t *testing.T, name, text string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// administrator makes an account with that hat.
func administrator(t *testing.T, db *postgres.DB) {
	t.Helper()
	hash, err := server.HashPassword("a long enough password")
	if err != nil {
		t.Fatal(err)
	}
	_, err = db.Door.CreateAccount(context.Background(), skein.Itself(time.Now(), time.UTC), doordb.NewAccount{
		Name: "Admin", Email: "admin@example.org", Password: hash, Hats: []skein.Hat{{Kind: skein.Administrator}},
	})
	if err != nil {
		t.Fatal(err)
	}
}

func claimed(t *testing.T, pool *pgxpool.Pool, person, project string) {
	t.Helper()
	var n int
	err := pool.QueryRow(context.Background(),
		`select count(*) from claim where person_id = $1 and project_id = $2 and state = 'submitted'`, person, project).Scan(&n)
	if err != nil || n != 1 {
		t.Fatalf("%d claims, %v", n, err)
	}
}
