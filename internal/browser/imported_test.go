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

	"github.com/jackc/pgx/v5/pgxpool"

	"skein/internal/browser"
	"skein/internal/exchange"
	"skein/internal/postgres"
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

// load imports a folder.
func load(t *testing.T, db *postgres.DB, dir string) {
	t.Helper()
	known, err := db.Known(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	read, report := exchange.Read(dir, known, nil)
	if !report.OK() {
		t.Fatalf("%s: %+v", dir, report)
	}
	if _, err := db.Import(context.Background(), skein.Itself(time.Now()), read, postgres.ImportOptions{}); err != nil {
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
	_, err = db.CreateAccount(context.Background(), skein.Itself(time.Now()), postgres.NewAccount{
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
