package backupdb_test

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"skein/internal/backup"
	"skein/internal/demo"
	"skein/internal/postgres"
	backupdb "skein/internal/postgres/backup"
	"skein/internal/postgres/embedded"
	logdb "skein/internal/postgres/log"
	"skein/internal/postgres/pgtest"
)

var now = time.Date(2026, 11, 23, 8, 30, 0, 0, time.UTC)

func quiet(backupdb.Step) {}

// organisation is a database with the demo in it, and things that a backup leaves behind.
func organisation(t *testing.T) *pgxpool.Pool {
	t.Helper()
	pool := pgtest.New(t)
	if _, err := demo.Seed(t.Context(), pool, now); err != nil {
		t.Fatal(err)
	}
	pgtest.Put(t, pool,
		`insert into invitation (token_hash, person_id, made_at, expires_at) values ('\x01', 'marta-oyelaran', '2026-11-20', '2027-01-01')`,
		`insert into sessions (token, data, expiry) values ('t', '\x01', '2027-01-01')`)
	return pool
}

// save backs a database up and opens the file.
func save(t *testing.T, pool *pgxpool.Pool, told func(backupdb.Step)) *backup.File {
	t.Helper()
	path := filepath.Join(t.TempDir(), "skein.backup")
	w, err := backup.Create(path, now)
	if err != nil {
		t.Fatal(err)
	}
	saved, err := backupdb.Save(t.Context(), pool, w, told)
	if err != nil {
		t.Fatal(errors.Join(err, w.Abort()))
	}
	if _, _, err := w.Finish(saved.Manifest); err != nil {
		t.Fatal(err)
	}
	f, err := backup.Open(t.Context(), path, func(int64, int64) {})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

func restore(t *testing.T, url string, f *backup.File, told func(backupdb.Step)) error {
	t.Helper()
	return postgres.Restore(t.Context(), url, f, now, func(string) {}, told)
}

func pooled(t *testing.T, url string) *pgxpool.Pool {
	t.Helper()
	pool, err := postgres.Connect(context.Background(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	return pool
}

// fresh is an empty database on the test's server.
func fresh(t *testing.T) (url string, pool *pgxpool.Pool) {
	t.Helper()
	url = pgtest.Empty(t)
	return url, pooled(t, url)
}

// same holds a restored database against the file: each table has its rows, but those that a restore writes.
func same(t *testing.T, f *backup.File, restored *pgxpool.Pool) {
	t.Helper()
	again := save(t, restored, quiet)
	want, got := map[string]backup.Contents{}, map[string]backup.Contents{}
	for _, table := range f.Tables {
		want[table.Name] = table.Contents
	}
	for _, table := range again.Tables {
		got[table.Name] = table.Contents
	}
	for _, written := range []string{"audit_event", "audit_head", "organisation"} {
		delete(want, written)
		delete(got, written)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-backup +restored):\n%s", diff)
	}
	count, _, _ := strings.Cut(f.Log.Head, ":")
	head, err := logdb.ParseHead(f.Log.Head)
	if err != nil {
		t.Fatal(err)
	}
	found, err := postgres.New(restored).Log.Verify(t.Context(), head)
	if err != nil || strconv.FormatInt(found.Count-1, 10) != count {
		t.Errorf("the log has %d rows after %s: %v", found.Count, count, err)
	}
}

func TestWhatIsRestoredIsWhatWasThere(t *testing.T) {
	t.Parallel()
	source := organisation(t)
	f := save(t, source, quiet)
	url, restored := fresh(t)
	if err := restore(t, url, f, quiet); err != nil {
		t.Fatal(err)
	}
	same(t, f, restored)
	for what, c := range map[string]struct{ sql, want string }{
		"links":         {`select count(*)::text from invitation`, "0"},
		"sessions":      {`select count(*)::text from sessions`, "0"},
		"changes":       {`select count(*)::text from change`, "0"},
		"jobs":          {`select count(*)::text from river_job`, "0"},
		"a copy":        {`select restored_at::text from organisation`, "2026-11-23 08:30:00+00"},
		"the row of it": {`select action || ' ' || (details->>'made_at') from audit_event order by position desc limit 1`, "backup.restore 2026-11-23T08:30:00Z"},
	} {
		pgtest.Same(t, what, pgtest.Texts(t, restored, c.sql), c.want)
	}
	life := `select id::text from epoch`
	if a, b := pgtest.Texts(t, source, life), pgtest.Texts(t, restored, life); len(b) != 1 || slices.Equal(a, b) {
		t.Errorf("the epoch %v goes on as %v", a, b)
	}
}

// A table that a backup goes without has in a restored database what it has in a new one: pages and servers reckon with the
// row that a step of the schema put there.
func TestWhatIsLeftOutBeginsAsInANewDatabase(t *testing.T) {
	t.Parallel()
	url, restored := fresh(t)
	f := save(t, organisation(t), quiet)
	if err := restore(t, url, f, quiet); err != nil {
		t.Fatal(err)
	}
	other, unused := fresh(t)
	if err := postgres.MigrateUp(t.Context(), other); err != nil {
		t.Fatal(err)
	}
	rows := func(pool *pgxpool.Pool, table string) string {
		return pgtest.Texts(t, pool, `select count(*)::text from `+pgx.Identifier{table}.Sanitize())[0]
	}
	seen := 0
	for _, table := range pgtest.Texts(t, unused, `select relname::text from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`) {
		if slices.ContainsFunc(f.Tables, func(kept backup.Table) bool { return kept.Name == table }) {
			continue
		}
		seen++
		// What steps themselves changed is no news to a server that begins anew.
		if was, is := rows(unused, table), rows(restored, table); was != is && table != "change" {
			t.Errorf("%s has %s rows in a new database, and %s in a restored one", table, was, is)
		}
	}
	if seen < 8 {
		t.Errorf("only %d tables were found", seen)
	}
	if _, err := postgres.New(restored).Mail.Standing(t.Context(), pgtest.Monday); err != nil {
		t.Errorf("how the mail goes: %v", err)
	}
}

// A server that starts on a database that was restored without its row of the mail makes one.
func TestAServerMendsADatabaseThatKnowsNothingOfTheMail(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	db := postgres.New(pool)
	pgtest.Exec(t, pool, `delete from mail_state`)
	for _, sends := range []bool{true, true, false} {
		if err := db.Mail.SetSending(t.Context(), sends); err != nil {
			t.Fatal(err)
		}
		if got, err := db.Mail.Standing(t.Context(), pgtest.Monday); err != nil || got.Sending != sends {
			t.Errorf("%+v, %v", got, err)
		}
	}
}

// The schema that rows were loaded into is the one that steps make: its triggers are on again, its rights and
// its rules hold, its numbers go on.
func TestARestoredDatabaseKeepsItsRules(t *testing.T) {
	t.Parallel()
	f := save(t, organisation(t), quiet)
	url, restored := fresh(t)
	if err := restore(t, url, f, quiet); err != nil {
		t.Fatal(err)
	}
	if err := postgres.Grant(t.Context(), url, pgtest.Login); err != nil {
		t.Fatal(err)
	}
	triggers := `select tgrelid::regclass || ' ' || tgname || ' ' || tgenabled::text from pg_trigger where not tgisinternal order by 1`
	pgtest.Same(t, "triggers", pgtest.Texts(t, restored, triggers), pgtest.Texts(t, pgtest.Owner(t), triggers)...)
	for _, sql := range []string{
		`update audit_event set action = 'x'`, `delete from audit_event`, `truncate audit_event`, `update audit_content set details = '{}'`,
		`update person set log_key = 'x'`,
	} {
		if _, err := restored.Exec(t.Context(), sql); err == nil {
			t.Errorf("%s is done", sql)
		}
	}
	lacking, err := postgres.Lacking(t.Context(), restored, pgtest.Login)
	if err != nil || lacking {
		t.Errorf("the login lacks rights: %v", err)
	}
	before := pgtest.Texts(t, restored, `select max(id)::text from audit_event`)
	pgtest.Exec(t, restored, `insert into audit_event (at, action, noun, noun_id) values ('2026-11-23', 'hat.give', 'skill', 's')`)
	if after := pgtest.Texts(t, restored, `select (max(id) - 1)::text from audit_event`); !slices.Equal(before, after) {
		t.Errorf("numbers go on from %v to %v", before, after)
	}
	pgtest.Same(t, "what servers follow", pgtest.Texts(t, restored, `
		with changed as (update person set hours_per_week = 3 where id = 'marta-oyelaran' returning id)
		select id from changed`), "marta-oyelaran")
	if got := pgtest.Texts(t, restored, `select count(*)::text from change`); got[0] == "0" {
		t.Error("a change is not noted")
	}
}

// Each person that is added comes with a row of the log: at whatever moment a backup is made, it holds as many
// of one as of the other.
func TestABackupIsOfOneMoment(t *testing.T) {
	t.Parallel()
	source := pgtest.New(t)
	db, n := postgres.New(source), 0
	add := func(backupdb.Step) {
		n++
		_, _, err := db.Door.InvitePerson(t.Context(), pgtest.By(""), "Person "+strconv.Itoa(n), "", "", nil)
		if err != nil {
			t.Error(err)
		}
	}
	for range 5 {
		add(backupdb.Step{})
	}
	f := save(t, source, add)
	if n < 20 {
		t.Fatalf("nobody came meanwhile: %d", n)
	}
	url, restored := fresh(t)
	if err := restore(t, url, f, quiet); err != nil {
		t.Fatal(err)
	}
	same(t, f, restored)
	pgtest.Same(t, "people and rows", pgtest.Texts(t, restored, `select count(*)::text from person
		union all select count(*)::text from audit_event where action = 'person.create'`), "5", "5")
}

// While others write all the time, from many connections.
func TestABackupUnderLoadHolds(t *testing.T) {
	t.Parallel()
	source := organisation(t)
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan int)
	for range 3 {
		go func() {
			n := 0
			for ctx.Err() == nil {
				if _, _, err := postgres.New(source).Door.InvitePerson(ctx, pgtest.By(""), "Somebody New", "", "", []byte(strconv.Itoa(n))); err == nil {
					n++
				}
			}
			done <- n
		}()
	}
	first := save(t, source, quiet)
	time.Sleep(100 * time.Millisecond)
	second := save(t, source, quiet)
	stop()
	if n := <-done + <-done + <-done; n < 3 {
		t.Fatalf("%d writes", n)
	}
	for _, f := range []*backup.File{first, second} {
		url, restored := fresh(t)
		if err := restore(t, url, f, quiet); err != nil {
			t.Fatal(err)
		}
		same(t, f, restored)
		pgtest.Same(t, "new people without a row", pgtest.Texts(t, restored, `
			select ((select count(*) from person where name = 'Somebody New') - (select count(*) from audit_event where action = 'person.create'))::text`), "0")
	}
}

func TestADatabaseInWhichSomebodyHasBegunIsLetBe(t *testing.T) {
	t.Parallel()
	f := save(t, organisation(t), quiet)
	for holds, sql := range map[string]string{
		"people":          `insert into person (id, name) values ('ada', 'Ada')`,
		"projects":        `insert into project (id, title) values ('p', 'P')`,
		"rows of the log": `insert into audit_event (at, action, noun, noun_id) values ('2026-01-01', 'hat.give', 'skill', 's')`,
	} {
		t.Run(holds, func(t *testing.T) {
			t.Parallel()
			pool := pgtest.New(t)
			pgtest.Exec(t, pool, sql)
			var not backupdb.NotEmptyError
			if err := restore(t, pgtest.OwnerURL(t), f, quiet); !errors.As(err, &not) || not.Holds != holds {
				t.Errorf("%v", err)
			}
			left := pgtest.Texts(t, pool, `select ((select count(*) from person) + (select count(*) from project) + (select count(*) from audit_event))::text`)
			pgtest.Same(t, "what is there", left, "1")
		})
	}
}

// A restore that ends in the middle, however, has changed nothing, and can be made again.
func TestARestoreThatIsCutOffLeavesNothing(t *testing.T) {
	t.Parallel()
	f := save(t, organisation(t), quiet)
	url, restored := fresh(t)
	cut := map[string]func(cancel context.CancelFunc){
		"stopped": func(cancel context.CancelFunc) { cancel() },
		"killed": func(context.CancelFunc) {
			pgtest.Exec(t, restored, `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'`)
		},
	}
	for how, end := range cut {
		ctx, cancel := context.WithCancel(t.Context())
		err := postgres.Restore(ctx, url, f, now, func(string) {}, func(s backupdb.Step) {
			if s.Table == "project" {
				end(cancel)
			}
		})
		cancel()
		if err == nil {
			t.Fatalf("%s: it is whole", how)
		}
		if err := backupdb.Empty(t.Context(), restored); err != nil {
			t.Errorf("%s: %v", how, err)
		}
	}
	if err := restore(t, url, f, quiet); err != nil {
		t.Fatal(err)
	}
	same(t, f, restored)
}

func TestTwoRestoresAtOnceAreOne(t *testing.T) {
	t.Parallel()
	f := save(t, organisation(t), quiet)
	url, restored := fresh(t)
	tried := false
	err := restore(t, url, f, func(backupdb.Step) {
		if tried {
			return
		}
		tried = true
		if err := restore(t, url, f, quiet); err == nil || !strings.Contains(err.Error(), "somebody else is restoring") {
			t.Errorf("the second: %v", err)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	same(t, f, restored)
}

// Somebody who begins between the first look and the loading keeps what they have begun.
func TestWhoBeginsMeanwhileIsNotOverwritten(t *testing.T) {
	t.Parallel()
	f := save(t, organisation(t), quiet)
	url, restored := fresh(t)
	if err := postgres.MigrateUp(t.Context(), url); err != nil {
		t.Fatal(err)
	}
	pgtest.Exec(t, restored, `insert into person (id, name) values ('ada', 'Ada')`)
	var not backupdb.NotEmptyError
	if err := backupdb.Load(t.Context(), restored, f, now, quiet); !errors.As(err, &not) {
		t.Error(err)
	}
	pgtest.Same(t, "people", pgtest.Texts(t, restored, `select id from person`), "ada")
}

func TestTheSchemaIsBroughtToTheBackupsStepAndUp(t *testing.T) {
	t.Parallel()
	f := save(t, organisation(t), quiet)
	for _, from := range []int{65, 129, 132} {
		url, restored := fresh(t)
		if err := postgres.MigrateTo(t.Context(), url, from); err != nil {
			t.Fatal(err)
		}
		if err := restore(t, url, f, quiet); err != nil {
			t.Fatalf("from %d: %v", from, err)
		}
		same(t, f, restored)
	}
	url, restored := fresh(t)
	if err := postgres.MigrateUp(t.Context(), url); err != nil {
		t.Fatal(err)
	}
	if err := postgres.MigrateTo(t.Context(), url, 122); err != nil { // down, and stays usable
		t.Fatal(err)
	}
	if status, err := postgres.MigrateStatus(t.Context(), restored); err != nil || status.Version != 122 || status.Dirty {
		t.Errorf("%+v, %v", status.Version, err)
	}
	if err := restore(t, url, f, quiet); err != nil {
		t.Fatal(err)
	}
	if status, err := postgres.MigrateStatus(t.Context(), restored); err != nil || !status.Current() {
		t.Errorf("%+v, %v", status, err)
	}
}

func TestAStepThatIsNotKnownIsRefused(t *testing.T) {
	t.Parallel()
	for step, want := range map[int]string{9999: "restore it with the newer one", 131: "none of Skein's", 0: "none of Skein's"} {
		f := save(t, pgtest.New(t), quiet)
		f.Schema = step
		url, restored := fresh(t)
		if err := restore(t, url, f, quiet); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%d: %v", step, err)
		}
		pgtest.Same(t, "tables", pgtest.Texts(t, restored, `select count(*)::text from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`), "0")
	}
	url, pool := fresh(t)
	if err := postgres.MigrateTo(t.Context(), url, 129); err != nil {
		t.Fatal(err)
	}
	w, err := backup.Create(filepath.Join(t.TempDir(), "old"), now)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = w.Abort() }()
	if _, err := backupdb.Save(t.Context(), pool, w, quiet); err == nil || !strings.Contains(err.Error(), "run skein migrate up") {
		t.Error(err)
	}
}

// A log that was broken where it came from comes as broken as it was; one that is broken by the way does not.
func TestABrokenLogIsNoReasonToLoseTheRest(t *testing.T) {
	t.Parallel()
	broken, pool := fresh(t)
	if err := postgres.MigrateUp(t.Context(), broken); err != nil {
		t.Fatal(err)
	}
	pgtest.Put(t, pool, `insert into person (id, name) values ('ada', 'Ada')`,
		`insert into audit_event (at, action, noun, noun_id) values ('2026-01-01', 'hat.give', 'skill', 's')`,
		`alter table audit_event disable trigger audit_event_no_change; update audit_event set action = 'hat.take'; alter table audit_event enable trigger audit_event_no_change`)
	f := save(t, pool, quiet)
	if !strings.Contains(f.Log.Broken, "broken at row 1") {
		t.Fatalf("%+v", f.Log)
	}
	f.Log.Broken = "another version says it otherwise"
	to, restored := fresh(t)
	if err := restore(t, to, f, quiet); err != nil {
		t.Fatal(err)
	}
	pgtest.Same(t, "people", pgtest.Texts(t, restored, `select id from person`), "ada")

	f.Log = backup.Log{Head: "1:" + strings.Repeat("0", 64)}
	to, restored = fresh(t)
	if err := restore(t, to, f, quiet); err == nil || !strings.Contains(err.Error(), "nothing was restored: the log is broken at row 1") {
		t.Error(err)
	}
	if err := backupdb.Empty(t.Context(), restored); err != nil {
		t.Error(err)
	}
}

// An owner who is no superuser can restore, and what is nobody's here stays behind.
func TestAnOwnerWhoIsNoSuperuserRestores(t *testing.T) {
	t.Parallel()
	source := organisation(t)
	pgtest.Exec(t, pgtest.Owner(t), `create table payroll (id text)`)
	w, err := backup.Create(filepath.Join(t.TempDir(), "x"), now)
	if err != nil {
		t.Fatal(err)
	}
	saved, err := backupdb.Save(t.Context(), source, w, quiet)
	if err := errors.Join(err, w.Abort()); err != nil || !slices.Equal(saved.Strangers, []string{"payroll"}) {
		t.Errorf("%v, %v", saved.Strangers, err)
	}
	f := save(t, source, quiet)
	at, super := fresh(t)
	u, err := url.Parse(at)
	if err != nil {
		t.Fatal(err)
	}
	password, _ := u.User.Password()
	owner := fmt.Sprintf("skein_owner_%d", time.Now().UnixNano())
	pgtest.Put(t, super, `create role `+owner+` login nosuperuser password '`+password+`'`,
		`grant all on database "`+strings.TrimPrefix(u.Path, "/")+`" to `+owner, `grant all on schema public to `+owner)
	t.Cleanup(func() { // before its database goes
		_, _ = super.Exec(context.Background(), `drop owned by `+owner)
		_, _ = super.Exec(context.Background(), `drop role `+owner)
	})
	if u.User = url.User(owner); password != "" {
		u.User = url.UserPassword(owner, password)
	}
	if err := restore(t, u.String(), f, quiet); err != nil {
		t.Fatal(err)
	}
	same(t, f, super)
}

// From one major version to the other, and back: 15 is the oldest that Skein takes, 18 the one that comes with it.
func TestABackupGoesToAnotherMajorVersionAndBack(t *testing.T) {
	t.Parallel()
	here := organisation(t)
	f := save(t, here, quiet)
	for _, major := range []int{15, 18} {
		t.Run(strconv.Itoa(major), func(t *testing.T) {
			t.Parallel()
			server, err := embedded.Start(t.Context(), embedded.Config{
				Dir: elsewhere(t), Major: major, Throwaway: true, Roots: []string{"../../.."}, Holder: "test",
			})
			if errors.Is(err, embedded.ErrNoPostgres) {
				t.Skip(err)
			}
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = server.Stop(context.Background()) })
			if err := restore(t, server.DSN, f, quiet); err != nil {
				t.Fatal(err)
			}
			there := pooled(t, server.DSN)
			same(t, f, there)
			again := save(t, there, quiet)
			if !strings.HasPrefix(again.Postgres, strconv.Itoa(major)) {
				t.Errorf("it came from %s", again.Postgres)
			}
			url, back := fresh(t)
			if err := restore(t, url, again, quiet); err != nil {
				t.Fatal(err)
			}
			same(t, again, back)
		})
	}
}

// elsewhere is a folder that Postgres' account can enter.
func elsewhere(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "skein-restored-")
	if err == nil {
		err = os.Chmod(dir, 0o711) //nolint:gosec // Postgres runs as another account
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}
