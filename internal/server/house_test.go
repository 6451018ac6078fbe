package server

import (
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/go-chi/chi/v5"
	"github.com/google/go-cmp/cmp"

	"skein/internal/postgres"
	"skein/web/path"
)

// evil is what nobody should be able to put on somebody's page.
const evil = `<img data-evil src=x>"'&`

// poison appends evil to every text of the database that is somebody's words, whatever table comes
// next. Columns that the database itself constrains stay what they are.
func (h *house) poison() {
	h.Helper()
	ctx := context.Background()
	rows, err := h.pool.Query(ctx, `
		select quote_ident(table_name), quote_ident(column_name)
		from information_schema.columns
		where table_schema = 'public' and data_type = 'text' and is_generated = 'NEVER'
			and table_name not in ('sessions', 'account', 'schema_migrations', 'audit_event') and table_name not like 'river%'
			and column_name !~ '(^id$|_id$|_by$|_of$|state|kind|zone|seed|link|email|hash|template|level|trust|about$|action|noun|role)'`)
	if err != nil {
		h.Fatal(err)
	}
	var names [][2]string
	for rows.Next() {
		var name [2]string
		if err := rows.Scan(&name[0], &name[1]); err != nil {
			h.Fatal(err)
		}
		names = append(names, name)
	}
	if rows.Err() != nil || len(names) < 20 {
		h.Fatalf("%d columns, %v", len(names), rows.Err())
	}
	poisoned := 0
	for _, name := range names {
		tag, err := h.pool.Exec(ctx, `update `+name[0]+` set `+name[1]+` = `+name[1]+` || $1::text`, evil)
		if err == nil && tag.RowsAffected() > 0 {
			poisoned++
		}
	}
	if poisoned < 8 {
		h.Fatalf("only %d columns hold words", poisoned)
	}
}

func TestEveryPageIsWholeAndEscapedForEachHat(t *testing.T) {
	t.Parallel()
	for _, row := range matrix() {
		if row.method != http.MethodGet {
			continue
		}
		t.Run(row.route, func(t *testing.T) {
			t.Parallel()
			h := newTest(t, func(c *Config) { c.Demo = true })
			h.exec(`update organisation set demo = true`)
			people := h.cast()
			at := h.place(row)
			h.poison()
			for hat, person := range people {
				if row.who[hat] != comesIn {
					continue
				}
				a := h.as(person).get(at)
				if a.Response.StatusCode >= 400 && a.Response.StatusCode != http.StatusConflict {
					t.Errorf("%s: %d\n%s", hat, a.Response.StatusCode, h.log)
				}
				if !strings.HasPrefix(a.Response.Header.Get("Content-Type"), "text/html") || a.Response.StatusCode >= 300 && a.Response.StatusCode < 400 {
					continue
				}
				if n := a.Find("[data-evil]").Length(); n > 0 {
					t.Errorf("%s: %d elements came out unescaped\n%s", hat, n, a.body)
				}
				if row.route == path.Parts || row.route == path.SkillsLike {
					continue // shows parts of pages, not a page
				}
				a.has(1, "h1").has(1, "main").has(1, "title").has(0, "[style]").has(0, "[onclick]").has(0, "script:not([src])")
				a.single()
			}
		})
	}
}

// A HEAD is answered as the GET is, without the page; and who is signed in leaves no copy of a page behind.
func TestEveryPageAnswersHeadAndIsKeptByNobody(t *testing.T) {
	t.Parallel()
	for _, row := range matrix() {
		if row.method != http.MethodGet {
			continue
		}
		t.Run(row.route, func(t *testing.T) {
			t.Parallel()
			h := newTest(t, func(c *Config) { c.Demo = true })
			h.exec(`update organisation set demo = true`)
			people := h.cast()
			at := h.place(row)
			before := h.count(`select count(*) from audit_event`)
			browsers := map[string]*browser{asAnonymous: h.anonymous(), asStaff: h.as(people[asStaff]), asAdministrator: h.as(people[asAdministrator])}
			for hat, b := range browsers {
				head, get := b.send(http.MethodHead, at, nil, nil), b.get(at)
				if head.Response.StatusCode != get.Response.StatusCode || head.body != "" {
					t.Errorf("%s: HEAD %d, GET %d, body %.40q", hat, head.Response.StatusCode, get.Response.StatusCode, head.body)
				}
				own := []string{"Date", "X-Request-Id", "Content-Length", "Transfer-Encoding"}
				if row.route == path.OrganisationSignIn { // each time another sign-in begins
					own = append(own, "Location", "Set-Cookie")
				}
				for _, of := range []*answer{head, get} {
					for _, name := range own {
						of.Response.Header.Del(name)
					}
				}
				if diff := cmp.Diff(get.Response.Header, head.Response.Header); diff != "" {
					t.Errorf("%s: HEAD answers otherwise (-get +head):\n%s", hat, diff)
				}
				forPrograms := []string{path.Health, path.Ready, path.Version, pattern(path.Calendar("{token}"))}
				if kept := get.Response.Header.Get("Cache-Control"); hat != asAnonymous && kept != "no-store" && !slices.Contains(forPrograms, row.route) {
					t.Errorf("%s: may be kept: %q", hat, kept)
				}
			}
			if n := h.count(`select count(*) from audit_event where action not in ('audit.export', 'import.export')`); n != before {
				t.Errorf("looking wrote %d rows", n-before)
			}
			if n := h.count(`select count(*) from audit_event where action in ('audit.export', 'import.export')`); n > 1 {
				t.Errorf("%d copies, one was taken", n)
			}
		})
	}
}

// place readies what a row needs and says where to try it.
func (h *house) place(row row) string {
	h.Helper()
	at := row.at
	if row.set != nil {
		if other := row.set(h); other != "" {
			at = other
		}
	}
	if at == "" {
		at = row.route
	}
	return at
}

// single checks that no two elements of a page have one id, and that links lead somewhere.
func (a *answer) single() {
	a.Helper()
	ids := map[string]bool{}
	for _, element := range a.Find("[id]").EachIter() {
		id, _ := element.Attr("id")
		if ids[id] {
			a.Errorf("%s: two elements are called %q", a.what, id)
		}
		ids[id] = true
	}
	for _, link := range a.Find("a[href]").EachIter() {
		if to, _ := link.Attr("href"); to == "" || to == "#" || strings.HasPrefix(to, "about:invalid") {
			a.Errorf("%s: the link %q leads nowhere", a.what, link.Text())
		}
	}
}

func TestEveryPathResolves(t *testing.T) {
	t.Parallel()
	routes := newServer(Config{DB: postgres.New(nil), Demo: true}).routes()
	found := addresses(t)
	if len(found) < 50 {
		t.Fatalf("only %d addresses", len(found))
	}
	for name, at := range found {
		if !routes.Match(chi.NewRouteContext(), http.MethodGet, at) && !routes.Match(chi.NewRouteContext(), http.MethodPost, at) {
			t.Errorf("path.%s is %s, and no route answers there", name, at)
		}
	}
}

// addresses reads package path: the value of each constant, and what each function makes of ids
// that are "x".
func addresses(t *testing.T) map[string]string {
	t.Helper()
	names, err := filepath.Glob("../../web/path/*.go")
	if err != nil {
		t.Fatal(err)
	}
	constants, functions := map[string]string{}, map[string]*ast.CallExpr{}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ValueSpec:
				if len(n.Values) == 1 {
					constants[n.Names[0].Name] = literal(n.Values[0])
				}
			case *ast.FuncDecl:
				if made, ok := n.Body.List[0].(*ast.ReturnStmt); ok && n.Name.IsExported() {
					if call, ok := made.Results[0].(*ast.CallExpr); ok {
						functions[n.Name.Name] = call
					}
				}
				return false
			}
			return true
		})
	}
	found := map[string]string{}
	for name, value := range constants {
		if strings.HasPrefix(value, "/") {
			found[name] = value
		}
	}
	for name, call := range functions {
		at := literal(call.Args[0])
		if constant, ok := call.Args[0].(*ast.Ident); ok {
			at = constants[constant.Name]
		}
		for _, part := range call.Args[1:] {
			if word := literal(part); word != "" {
				at += "/" + word
			} else {
				at += "/x"
			}
		}
		found[name] = at
	}
	return found
}

// literal is the value of a string literal; "" of anything else.
func literal(e ast.Expr) string {
	value, ok := e.(*ast.BasicLit)
	if !ok {
		return ""
	}
	return strings.Trim(value.Value, `"`)
}
