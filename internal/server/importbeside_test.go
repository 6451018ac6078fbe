package server

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"skein/internal/exchange"
	"skein/internal/folder"
	"skein/internal/postgres"
	bulkdb "skein/internal/postgres/bulk"
	"skein/internal/postgres/pgtest"
	"skein/internal/skein"
	"skein/web/path"
)

// living is an organisation in which a thousand people may claim Leak Sensors, with some projects that
// are led, and the people who stand around them.
func living(t *testing.T) (*house, []*browser) {
	t.Helper()
	h, _, browsers := crowded(t)
	h.person("Eve Adams", executive)
	h.person("Adam Bell", administrator)
	h.person("Teo Marchi")
	h.person("Dario Venn")
	h.exec(`update person set deactivated_at = $1 where id = 'dario-venn'`, wall)
	h.exec(`insert into priority (id, title, place) values ('kept', 'Kept', 1), ('dry', 'Dry streets', 2)`)
	for i := range browsers {
		browsers[i].house = h
	}
	return h, browsers
}

// files are a folder of three thousand people that differs by turn in everything but the ids. Network,
// Kept, Teo Marchi and Dario Venn are not in it; rows that are new refer to them.
func files(turn int) map[string]string {
	var people, evidence, projects, leads strings.Builder
	people.WriteString("id,name,email,circle,hours_per_week\nadam-bell,Adam Bell,adam.bell@corriemere.example,leaks," + fmt.Sprint(turn) + "\n")
	evidence.WriteString("person,skill,kind,level,observed_on,given_by,source\n")
	fmt.Fprintf(&evidence, "teo-marchi,valves,peer,%d,2026-02-0%d,dario-venn,\n", turn+1, turn)
	for n := range 3 * crowd {
		circle := "leaks"
		if n >= crowd {
			circle = "network"
		}
		fmt.Fprintf(&people, "p%d,Person %d,p%d@corriemere.example,%s,%d\n", n+1, n+1, n+1, circle, 5+turn)
		fmt.Fprintf(&evidence, "p%d,maps,outcome,%d,2026-03-01,,work 1\n", n+1, 2+turn)
		fmt.Fprintf(&evidence, "p%d,valves,peer,4,2026-02-0%d,judith-amadi,\n", n+1, turn)
	}
	fmt.Fprintf(&projects, "id,title,requirements,priority\nsensors,Leak Sensors %d,valves:5:3|maps:2:3,dry\n", turn)
	leads.WriteString("project,person,role,from,ends_on\n")
	for n := range 10 {
		fmt.Fprintf(&projects, "side%d,Side %d of %d,maps:3,kept\n", n, n, turn)
		fmt.Fprintf(&leads, "side%d,p%d,primary,2026-01-01,2027-03-0%d\n", n, 900+n, turn)
	}
	return map[string]string{
		"circles.csv":    fmt.Sprintf("id,name,parent,purpose\nleaks,Leaks,network,Find them %d\n", turn),
		"people.csv":     people.String(),
		"skills.csv":     fmt.Sprintf("id,name\nvalves,Valve data %d\nmaps,Maps\n", turn),
		"priorities.csv": fmt.Sprintf("id,title,weight\ndry,Dry streets %d,1\nnew%d,New %d,1\n", turn, turn, turn),
		"projects.csv":   projects.String(),
		"leads.csv":      leads.String(),
		"evidence.csv":   evidence.String(),
	}
}

// folderOf reads files as a folder that has nothing wrong with it.
func (h *house) folderOf(files map[string]string) *folder.Folder {
	h.Helper()
	dir := h.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			h.Fatal(err)
		}
	}
	known, err := h.db.Bulk.Known(context.Background(), skein.Day(wall))
	if err != nil {
		h.Fatal(err)
	}
	read, report := exchange.Read(dir, known, nil)
	if !report.OK() {
		h.Fatal(report)
	}
	return read
}

func (h *house) importing(f *folder.Folder) (folder.Loaded, error) {
	return h.db.Bulk.Import(context.Background(), skein.Itself(wall, time.UTC), f, bulkdb.ImportOptions{})
}

// heldKey is the lock that a held import waits for.
const heldKey = 4711

// hold begins an import and keeps it where it has written everything, with all its locks, until it is let
// go.
func (h *house) hold(f *folder.Folder) (letGo func() (folder.Loaded, error)) {
	h.Helper()
	h.owns(fmt.Sprintf(`
		create function held() returns trigger language plpgsql as $$ begin perform pg_advisory_xact_lock(%d); return new; end $$`, heldKey))
	// before the trigger that locks the last link of the log, by its name
	h.owns(`create trigger a_held before insert on audit_event for each row when (new.action = 'import.load') execute function held()`)
	key, err := h.pool.Acquire(context.Background())
	if err != nil {
		h.Fatal(err)
	}
	if _, err := key.Exec(context.Background(), `select pg_advisory_lock($1)`, heldKey); err != nil {
		h.Fatal(err)
	}
	var loaded folder.Loaded
	var failed error
	done := make(chan struct{})
	go func() {
		defer close(done)
		loaded, failed = h.importing(f)
	}()
	letGo = sync.OnceValues(func() (folder.Loaded, error) {
		_, _ = key.Exec(context.Background(), `select pg_advisory_unlock($1)`, heldKey)
		key.Release()
		<-done
		return loaded, failed
	})
	h.Cleanup(func() { _, _ = letGo() })
	for h.count(`select count(*) from pg_locks where locktype = 'advisory' and objid = $1 and not granted
		and database = (select oid from pg_database where datname = current_database())`, heldKey) == 0 {
		select {
		case <-done:
			h.Fatalf("the import did not come to its end: %v", failed)
		case <-time.After(10 * time.Millisecond):
		}
	}
	return letGo
}

// impatient is another server on the house's database whose sessions fail when they have to wait for
// what another holds.
func (h *house) impatient() *house {
	h.Helper()
	cfg := pgtest.New(h.TB).Config().Copy()
	cfg.ConnConfig.RuntimeParams["lock_timeout"] = "10s"
	pool, err := pgxpool.NewWithConfig(context.Background(), cfg)
	if err != nil {
		h.Fatal(err)
	}
	h.Cleanup(pool.Close)
	other := &house{TB: h.TB, pool: pool, db: postgres.New(pool), log: h.log}
	other.now.Store(h.now.Load())
	config := h.server.Config
	config.DB = other.db
	other.server = newServer(config)
	web := httptest.NewServer(other.server.routes())
	h.Cleanup(web.Close)
	other.url = web.URL
	return other
}

// Nobody who reads or claims waits for an import, whatever it has written.
func TestNobodyWaitsForAnImport(t *testing.T) {
	t.Parallel()
	h, browsers := living(t)
	f := h.folderOf(files(1))
	other := h.impatient()
	letGo := h.hold(f)
	for _, who := range []skein.PersonID{"judith-amadi", "marta-oyelaran", "owen-tay", "eve-adams", "adam-bell", "teo-marchi", "p7"} {
		b := other.as(who)
		for _, at := range append([]string{path.AdminPeople, path.Settings, path.Person("p7"), "/vision"}, everywhere...) {
			at = strings.ReplaceAll(at, "ines-calder", "p8")
			if a := b.get(at); a.Response.StatusCode >= http.StatusInternalServerError {
				t.Errorf("%s: %s: %d\n%s", who, at, a.Response.StatusCode, h.log)
			}
		}
	}
	for _, b := range browsers[:5] {
		b.house = other
		b.post(claimPath+"/draft", "why", "Mine.").is(http.StatusNoContent)
		b.post(claimPath, "why", "Mine.").goesTo(claimPath)
		b.post(claimPath, "why", "Mine, better said.").goesTo(claimPath)
	}
	browsers[4].post(claimPath + "/withdraw").is(http.StatusSeeOther)
	other.changeBeside()
	if n := h.count(`select count(*) from claim where state = 'submitted'`); n != 4 {
		t.Errorf("%d claims are sent", n)
	}
	// a second import says so at once
	if _, err := other.importing(f); err != bulkdb.ErrUnderWay { //nolint:errorlint // it is that very error
		t.Errorf("a second import: %v", err)
	}
	loaded, err := letGo()
	if err != nil || loaded.People.Changed != crowd+1 || loaded.People.New != 2*crowd || loaded.Evidence.New == 0 || loaded.Evidence.Changed == 0 ||
		loaded.Projects.Changed != 1 || loaded.Circles.Changed != 1 || loaded.Skills.Changed != 1 || loaded.Priorities.Changed != 1 || loaded.Leads.New != 10 {
		t.Errorf("%+v, %v", loaded, err)
	}
}

// changeBeside changes what a held import's new rows refer to.
func (h *house) changeBeside() {
	h.Helper()
	ctx, by := context.Background(), skein.NewBy("teo-marchi", wall, time.UTC)
	for what, change := range map[string]func() error{
		"a profile": func() error {
			return h.db.People.UpdatePerson(ctx, by, "teo-marchi", func(p *skein.Person) error { p.About = "Pipes."; return nil })
		},
		"a team": func() error {
			turns := .6
			_, err := h.db.Gameboard.TurnCircle(ctx, by, "network", func(c *skein.Circle) error { c.Rotation = &turns; return nil })
			return err
		},
		"who comes in": func() error { return h.db.Door.Reactivate(ctx, by, "dario-venn") },
	} {
		if err := change(); err != nil {
			h.Errorf("%s: %v", what, err)
		}
	}
}

// Imports, readers, claims and the clock at once: nobody fails, and nobody is told of a deadlock.
func TestImportsBesideReadersAndClaims(t *testing.T) {
	t.Parallel()
	h, browsers := living(t)
	var wg sync.WaitGroup
	var over atomic.Bool
	beside := func(act func(turn int)) {
		wg.Go(func() {
			for turn := 0; !over.Load(); turn++ {
				act(turn)
			}
		})
	}
	for n := range 3 {
		readers, claims := browsers[n], browsers[10+n]
		beside(func(turn int) {
			at := everywhere[turn%len(everywhere)]
			if a := readers.get(at); a.Response.StatusCode >= http.StatusInternalServerError {
				t.Errorf("%s: %d", at, a.Response.StatusCode)
			}
		})
		beside(func(int) {
			for _, act := range [][2]string{{"/draft", "204"}, {"", "303"}, {"", "303"}, {"/withdraw", "303"}} {
				if a := claims.post(claimPath+act[0], "why", "Mine."); fmt.Sprint(a.Response.StatusCode) != act[1] {
					t.Errorf("%s: %d %s", a.what, a.Response.StatusCode, a.said("main"))
				}
			}
		})
	}
	beside(func(int) {
		if err := h.db.Lead.Tick(context.Background(), wall, h.server.chooser.Judge()); err != nil {
			t.Error(err)
		}
	})
	for turn := range 6 {
		if _, err := h.importing(h.folderOf(files(1 + turn%2))); err != nil {
			t.Errorf("import %d: %v", turn, err)
		}
	}
	over.Store(true)
	wg.Wait()
	if n := h.count(`select deadlocks from pg_stat_database where datname = current_database()`); n != 0 {
		t.Errorf("%d deadlocks", n)
	}
	if strings.Contains(h.log.String(), "SQLSTATE") {
		t.Error(h.log)
	}
}
