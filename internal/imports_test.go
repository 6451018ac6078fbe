package internal_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// room is one package of the house: why it exists and what it may import
// besides the standard library. Tests of a room may import more; see guests.
type room struct {
	why     string
	rooms   []string // of ours
	outside []string // prefixes of others' modules
}

const (
	chi    = "github.com/go-chi/"
	pgx    = "github.com/jackc/"
	templ  = "github.com/a-h/templ"
	river  = "github.com/riverqueue/river"
	golang = "golang.org/x/"
	oidc   = "github.com/coreos/go-oidc/"

	webauthn = "github.com/go-webauthn/webauthn/"
)

// house is the plan: cmd -> server -> view -> page -> component -> web; everything
// rests on skein, and skein on words alone. A new room is added here, with the
// sentence that says why it is not part of another.
var house = map[string]room{
	"cmd/skein": {
		why:     "the only wiring: flags and environment become a running command",
		rooms:   []string{"internal/*", "migrations", "web/*"},
		outside: []string{"github.com/alecthomas/kong", pgx, golang + "term"},
	},
	"internal/watch": {
		why:     "numbers and traces for whoever operates it, with the libraries of either, which no other room needs",
		rooms:   []string{"internal/postgres"},
		outside: []string{pgx, chi, "github.com/prometheus/client_golang", "go.opentelemetry.io/otel", "github.com/exaring/otelpgx", "github.com/riandyrn/otelchi", "github.com/go-logr/logr"},
	},
	"internal/words": {
		why: "how numbers, lists, dates, plurals and names are said, each once",
	},
	"internal/skein": {
		why:     "the language: every noun, what makes one valid, which move is allowed; names are compared in Unicode's normal form, whose tables the standard library lacks",
		rooms:   []string{"internal/words"},
		outside: []string{golang + "text/unicode/norm"},
	},
	"internal/password": {
		why:     "whether a password will do, which needs lists of what everybody tries; pages and the command line ask it",
		rooms:   []string{"internal/skein"},
		outside: []string{"github.com/trustelem/zxcvbn"},
	},
	"internal/folder": {
		why:   "the rows of the CSV files, which only an import or an export needs",
		rooms: []string{"internal/skein"},
	},
	"internal/lead": {
		why:   "the life of a lead: states, verbs and clocks, without a database",
		rooms: []string{"internal/skein"},
	},
	"internal/comparison": {
		why:   "what is compared, as the store reads it: the index takes it too, and may not know the store",
		rooms: []string{"internal/skein"},
	},
	"internal/match": {
		why:   "the engine: pure functions from evidence and situation to fit",
		rooms: []string{"internal/words", "internal/skein"},
	},
	"internal/index": {
		why:   "the engine's data in memory, following the database's changes",
		rooms: []string{"internal/skein", "internal/comparison", "internal/match"},
	},
	"internal/bench": {
		why: "makes organisations of a given size and measures beside what others know",
		rooms: []string{
			"internal/skein", "internal/comparison", "internal/match", "internal/index", "internal/chooser", "internal/board",
			"internal/postgres", "internal/postgres/bulk", "internal/postgres/log", "internal/exchange", "internal/server", "web/path",
		},
		outside: []string{pgx, chi, templ},
	},
	"internal/sso": {
		why:     "speaks to the organisation's provider of accounts, by OpenID Connect; who somebody is here it does not know",
		outside: []string{oidc, golang + "oauth2"},
	},
	"internal/sso/ssotest": {
		why: "a provider for tests, that answers rightly or wrongly as it is told",
	},
	"internal/passkey": {
		why:     "asks for passkeys and checks what they sign, by WebAuthn; whose they are it does not know",
		rooms:   []string{"internal/skein"},
		outside: []string{webauthn},
	},
	"internal/passkey/passkeytest": {
		why:     "a passkey for tests, made of software, that answers rightly or wrongly as it is told",
		outside: []string{webauthn},
	},
	"internal/intake": {
		why:   "takes an organisation's files in: the command line and the browser do the very same, and neither the store nor the files know the other",
		rooms: []string{"internal/chooser", "internal/exchange", "internal/folder", "internal/match", "internal/postgres", "internal/postgres/bulk", "internal/skein"},
	},
	"internal/evaluate": {
		why:   "measures the engine on an organisation's own past",
		rooms: []string{"internal/skein", "internal/folder", "internal/match", "internal/exchange"},
	},
	"internal/exchange": {
		why:     "the CSV files and workbooks that come in and go out, every problem with its place; in any encoding that spreadsheets write",
		rooms:   []string{"internal/words", "internal/skein", "internal/folder"},
		outside: []string{golang + "text/encoding", golang + "text/transform", "github.com/xuri/excelize/"},
	},
	"internal/backup": {
		why: "the file that holds a whole Skein, checked byte by byte; no SQL",
	},
	"internal/postgres/backup": {
		why:     "a whole database into a backup, and out of one",
		rooms:   []string{"internal/backup", "internal/postgres/core", "internal/postgres/log", "internal/skein"},
		outside: []string{pgx},
	},
	"internal/postgres": {
		why: "the store: all SQL, all transactions",
		rooms: []string{
			"internal/backup", "internal/comparison", "internal/folder", "internal/lead", "internal/postgres/backup", "internal/postgres/bulk", "internal/postgres/circles", "internal/postgres/core", "internal/postgres/door",
			"internal/postgres/facts", "internal/postgres/gameboard", "internal/postgres/home", "internal/postgres/keep", "internal/postgres/lead",
			"internal/postgres/log", "internal/postgres/mail", "internal/postgres/people", "internal/skein", "migrations",
		},
		outside: []string{pgx, river, "github.com/golang-migrate/migrate/v4"},
	},
	"internal/postgres/core": {
		why:     "the small core that every area stands on: transactions with their audit rows and jobs, errors, shared reading",
		rooms:   []string{"internal/skein"},
		outside: []string{pgx, river, golang + "sync", golang + "text/unicode/norm"},
	},
	"internal/postgres/log": {
		why:     "what happened: the audit log",
		rooms:   []string{"internal/postgres/core", "internal/skein"},
		outside: []string{pgx},
	},
	"internal/postgres/facts": {
		why:     "what is put before the engine: facts, questions, comparisons, changes, the leads of the board",
		rooms:   []string{"internal/comparison", "internal/postgres/core", "internal/skein"},
		outside: []string{pgx},
	},
	"internal/postgres/gameboard": {
		why:     "where the organisation goes: vision, priorities, guardrails, circles, policy, the quarter",
		rooms:   []string{"internal/comparison", "internal/postgres/core", "internal/skein"},
		outside: []string{pgx},
	},
	"internal/postgres/circles": {
		why:     "the circles: made, renamed, moved and closed, with what is in them; it moves projects by the verbs of a lead, which the gameboard may not know",
		rooms:   []string{"internal/lead", "internal/postgres/core", "internal/postgres/door", "internal/postgres/lead", "internal/skein", "internal/words"},
		outside: []string{pgx},
	},
	"internal/postgres/keep": {
		why:     "what is kept and how long: what the clock removes, and how somebody is erased, after the door and the lives of leads have let them go",
		rooms:   []string{"internal/postgres/core", "internal/postgres/door", "internal/postgres/lead", "internal/postgres/people", "internal/skein"},
		outside: []string{pgx},
	},
	"internal/postgres/door": {
		why:     "who comes in: accounts, sessions, hats, invitations, what somebody may see",
		rooms:   []string{"internal/postgres/core", "internal/postgres/facts", "internal/postgres/gameboard", "internal/skein"},
		outside: []string{pgx},
	},
	"internal/postgres/people": {
		why:     "what is known of people: profiles, evidence, wishes, absences, asks, skills",
		rooms:   []string{"internal/postgres/core", "internal/postgres/facts", "internal/skein"},
		outside: []string{pgx},
	},
	"internal/postgres/lead": {
		why:     "the life of a lead: projects, windows, claims, picks, invites, terms, needs, teams, reviews",
		rooms:   []string{"internal/comparison", "internal/lead", "internal/postgres/core", "internal/postgres/facts", "internal/postgres/gameboard", "internal/postgres/people", "internal/skein"},
		outside: []string{pgx},
	},
	"internal/postgres/mail": {
		why:     "what goes out by mail: which mails wait, to whom, what became of them",
		rooms:   []string{"internal/postgres/core", "internal/postgres/door", "internal/postgres/home", "internal/skein"},
		outside: []string{pgx},
	},
	"internal/postgres/home": {
		why:     "what somebody begins from: home, notices, a search",
		rooms:   []string{"internal/postgres/core", "internal/postgres/facts", "internal/postgres/lead", "internal/postgres/people", "internal/skein"},
		outside: []string{pgx},
	},
	"internal/postgres/bulk": {
		why:     "whole folders in and out: import, export, what is known",
		rooms:   []string{"internal/folder", "internal/lead", "internal/postgres/core", "internal/postgres/lead", "internal/skein"},
		outside: []string{pgx},
	},
	"internal/postgres/embedded": {
		why:     "a private Postgres for whoever brings none",
		outside: []string{pgx},
	},
	"internal/postgres/pgtest": {
		why:     "a fresh database for each test, and what many tests put into it",
		rooms:   []string{"internal/postgres", "internal/postgres/log", "internal/skein", "internal/postgres/embedded", "migrations"},
		outside: []string{pgx, river, "github.com/google/go-cmp"},
	},
	"internal/jobs": {
		why:     "what happens by the clock: windows close, offers lapse, notices go out",
		rooms:   []string{"internal/skein", "internal/match", "internal/chooser", "internal/postgres", "internal/postgres/mail"},
		outside: []string{pgx, river},
	},
	"internal/calendar": {
		why:     "dates as calendars know them: the feed and an offer's mail write the same",
		rooms:   []string{"internal/skein"},
		outside: []string{"github.com/arran4/golang-ical"},
	},
	"internal/mail": {
		why:     "speaks to mail servers: from what waits in the store, in the view's words, to a message that one took",
		rooms:   []string{"internal/board", "internal/calendar", "internal/postgres", "internal/postgres/door", "internal/postgres/mail", "internal/skein", "internal/view", "web/page", "web/path"},
		outside: []string{"github.com/wneessen/go-mail"},
	},
	"internal/chooser": {
		why: "puts the store's rows before the engine, which may not know the store",
		rooms: []string{
			"internal/words", "internal/skein", "internal/comparison", "internal/match", "internal/index", "internal/postgres",
			"internal/postgres/facts", "internal/postgres/lead",
		},
	},
	"internal/board": {
		why: "lays open leads out in memory, so that one person can browse them and be compared with all",
		rooms: []string{
			"internal/skein", "internal/comparison", "internal/match", "internal/index", "internal/chooser",
			"internal/postgres", "internal/postgres/facts",
		},
	},
	"internal/demo": {
		why: "an invented organisation to look around in",
		rooms: []string{
			"internal/skein", "internal/lead", "internal/match", "internal/chooser", "internal/postgres",
			"internal/postgres/bulk", "internal/postgres/lead", "internal/exchange",
		},
		outside: []string{pgx},
	},
	"internal/view": {
		why: "what pages say: from rows and answers to a page's data, in words; no HTTP, no SQL, no templ",
		rooms: []string{
			"internal/words", "internal/skein", "internal/match", "internal/chooser", "internal/board", "internal/calendar",
			"internal/exchange", "internal/folder", "internal/intake", "internal/postgres/bulk",
			"internal/postgres/circles", "internal/postgres/door", "internal/postgres/gameboard", "internal/postgres/home", "internal/postgres/lead",
			"internal/passkey",
			"internal/postgres/keep",
			"internal/postgres/log", "internal/postgres/mail", "internal/postgres/people",
			"web/path", "web/component", "web/page",
		},
	},
	"internal/server": {
		why: "routes, sessions, handlers: from a request to one store call to a page",
		rooms: []string{
			"internal/words", "internal/view", "internal/skein", "internal/lead", "internal/match", "internal/index",
			"internal/calendar", "internal/exchange", "internal/folder", "internal/intake", "internal/postgres/bulk",
			"internal/mail", "internal/password", "internal/sso", "internal/chooser", "internal/board", "internal/postgres", "internal/postgres/circles", "internal/postgres/door", "internal/postgres/facts", "internal/postgres/gameboard",
			"internal/passkey",
			"internal/postgres/home", "internal/postgres/lead", "internal/postgres/log", "internal/postgres/mail", "internal/postgres/people",
			"web", "web/path", "web/component", "web/page",
		},
		outside: []string{chi, templ, "github.com/alexedwards/", pgx + "pgx/v5/pgxpool"},
	},
	"internal/browser": {
		why:     "stories told in a real browser; tests only",
		rooms:   []string{"internal/*", "web/*"},
		outside: []string{"*"},
	},
	"migrations": {
		why: "the schema's history, embedded",
	},
	"web": {
		why:   "embeds what the browser gets and names it by its content",
		rooms: []string{"web/path"},
	},
	"web/path": {
		why:   "every URL, once",
		rooms: []string{"internal/skein"},
	},
	"web/component": {
		why:     "parts of a page that know no page",
		rooms:   []string{"internal/words", "internal/skein", "web", "web/path"},
		outside: []string{templ},
	},
	"web/page": {
		why:     "the pages, one file a noun",
		rooms:   []string{"internal/words", "internal/skein", "internal/match", "web", "web/path", "web/component"},
		outside: []string{templ},
	},
}

// guests are what any room's tests may import besides what the room may.
var guests = []string{
	"internal/skein", "internal/folder", "internal/lead", "internal/postgres", "internal/postgres/*", "internal/demo", "internal/exchange",
	"internal/match", "internal/chooser", "internal/bench", "internal/passkey/passkeytest", "internal/sso/ssotest", "migrations", "web/path",
	"github.com/emersion/", "github.com/google/go-cmp", "go.opentelemetry.io/proto/otlp", "google.golang.org/protobuf/proto", "github.com/PuerkitoBio/goquery", "pgregory.net/rapid", pgx, golang,
}

func TestEveryRoomIsInThePlan(t *testing.T) {
	t.Parallel()
	for dir, imports := range imports(t) {
		if _, ok := house[dir]; !ok {
			t.Errorf("%s is not in the plan: add it with a sentence why, or move %s", dir, imports[0].file)
		}
	}
	for dir, r := range house {
		if len(strings.Fields(r.why)) < 3 {
			t.Errorf("%s has no sentence why", dir)
		}
		if slices.Contains([]string{"utils", "util", "helpers", "models", "pkg", "common"}, path.Base(dir)) {
			t.Errorf("%s is a drawer, not a room", dir)
		}
	}
}

func TestEachRoomImportsWhatThePlanAllows(t *testing.T) {
	t.Parallel()
	for dir, imports := range imports(t) {
		r, ok := house[dir]
		if !ok {
			continue // said above
		}
		for _, i := range imports {
			test := strings.HasSuffix(i.file, "_test.go")
			if !r.allows(dir, i.path, test) {
				t.Errorf("%s imports %s: %s may not", i.file, i.path, dir)
			}
		}
	}
}

// TestThePlanHasNoCircles keeps the arrows pointing one way.
func TestThePlanHasNoCircles(t *testing.T) {
	t.Parallel()
	var visit func(dir string, trail []string)
	visit = func(dir string, trail []string) {
		if slices.Contains(trail, dir) {
			t.Fatalf("a circle: %s", strings.Join(append(trail, dir), " -> "))
		}
		for _, next := range house[dir].rooms {
			if _, ok := house[next]; ok {
				visit(next, append(slices.Clone(trail), dir))
			}
		}
	}
	for dir := range house {
		visit(dir, nil)
	}
}

func (r room) allows(dir, imported string, test bool) bool {
	if ours, ok := strings.CutPrefix(imported, "skein/"); ok {
		return ours == dir || covers(r.rooms, ours) || test && covers(guests, ours)
	}
	first, _, _ := strings.Cut(imported, "/")
	if !strings.Contains(first, ".") {
		return true // the standard library
	}
	return covers(r.outside, imported) || test && covers(guests, imported)
}

// covers tells that a pattern names the path: exactly, or as a beginning that
// ends in a slash or star, or as a module of others.
func covers(patterns []string, name string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool {
		if open, ok := strings.CutSuffix(p, "*"); ok {
			return strings.HasPrefix(name, open) || name+"/" == open
		}
		if strings.HasSuffix(p, "/") {
			return strings.HasPrefix(name, p)
		}
		return name == p || strings.Contains(p, ".") && strings.HasPrefix(name, p+"/")
	})
}

type imported struct{ file, path string }

// imports lists what each folder's files import, by folder from the root.
func imports(t *testing.T) map[string][]imported {
	t.Helper()
	found := map[string][]imported{}
	root := os.DirFS("..")
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if name != "." && (d.Name() == "node_modules" || d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".")) {
				return fs.SkipDir
			}
			return nil
		}
		dir := path.Dir(name)
		if !strings.HasSuffix(name, ".go") || dir == "internal" {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join("..", name), nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		found[dir] = append(found[dir], imported{file: name, path: "unsafe"})
		for _, spec := range file.Imports {
			p, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			found[dir] = append(found[dir], imported{file: name, path: p})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
