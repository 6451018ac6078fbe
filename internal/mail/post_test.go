package mail

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"skein/internal/postgres"
	"skein/internal/postgres/core"
	doordb "skein/internal/postgres/door"
	maildb "skein/internal/postgres/mail"
	"skein/internal/postgres/pgtest"
	"skein/internal/skein"
)

const base = "https://skein.example"

// house is an organisation whose people have come in, with a mail server beside it.
type house struct {
	*testing.T
	pool *pgxpool.Pool
	db   *postgres.DB
	sink *sink
	post *Post
	now  time.Time
}

func newHouse(t *testing.T) *house {
	t.Helper()
	db, pool := pgtest.People(t)
	pgtest.Exec(t, pool, pgtest.WaitingRows)
	h := &house{T: t, pool: pool, db: db, sink: newSink(t, false), now: pgtest.Monday}
	h.exec(`insert into account (person_id, email, made_at, signed_in_at)
		select id, id || '@water.example', now(), now() from person where id <> 'old'`)
	h.exec(`update organisation set name = 'Corriemere Water'`)
	h.post = &Post{DB: db, Sender: h.sink.at(t, ""), BaseURL: base, Stops: NewStops(make([]byte, 32)), Links: NewLinks(make([]byte, 32)), Now: func() time.Time { return h.now }}
	h.must(db.Mail.SetSending(t.Context(), true))
	return h
}

// whose is who has a key.
func (h *house) whose(key string) string {
	h.Helper()
	person, err := core.Value[string](h.Context(), h.pool, `select id from person where log_key = $1`, key)
	h.must(err)
	return person
}

func (h *house) must(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

func (h *house) exec(sql string, args ...any) {
	h.Helper()
	pgtest.Exec(h.T, h.pool, sql, args...)
}

func (h *house) is(want, sql string, args ...any) {
	h.Helper()
	got, err := core.Value[string](context.Background(), h.pool, `select coalesce((`+sql+`)::text, '')`, args...)
	if err != nil || got != want {
		h.Errorf("%s: %q, want %q (%v)", sql, got, want, err)
	}
}

// tell tells as a move does.
func (h *house) tell(notices ...skein.Notice) {
	h.Helper()
	h.must(h.tells(nil, notices...))
}

func (h *house) tells(then error, notices ...skein.Notice) error {
	by := skein.NewBy("", h.now, time.UTC)
	return pgx.BeginFunc(h.Context(), h.pool, func(tx pgx.Tx) error {
		return errors.Join(core.Tell(h.Context(), tx, by, notices), then)
	})
}

// offer offers somebody a lead.
func (h *house) offer(to skein.PersonID, project skein.ProjectID) skein.Notice {
	h.Helper()
	term, err := core.Value[string](h.Context(), h.pool, `
		insert into term (project_id, person_id, role, state, answer_by, offered_at)
		values ($1, $2, 'primary', 'offered', $3, $4)
		returning id::text`, project, to, h.now.Add(48*time.Hour), h.now)
	h.must(err)
	return skein.Notice{To: to, Kind: skein.NoticeOffer, Project: project, Of: term, By: h.now.Add(48 * time.Hour), About: "term:" + term}
}

// deliver does the jobs that were made.
func (h *house) deliver() (failed int) {
	h.Helper()
	ids, err := core.Values[string](h.Context(), h.pool, `select args ->> 'id' from river_job where kind = 'mail' order by id`)
	h.must(err)
	for _, id := range ids {
		err := h.post.Deliver(h.Context(), id)
		if _, ok := errors.AsType[maildb.FailedError](err); ok {
			failed++
		} else {
			h.must(err)
		}
	}
	return failed
}

func TestWhoeverIsWaitedForIsToldAtOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.exec(`insert into need (project_id, kind, what, asked_of, answer_by) values ('sensors', 'tools', 'forty sensors', 'ben', $1)`, h.now.Add(100*time.Hour))
	h.exec(`update project set purpose = 'Hear a leak before the street does.' where id = 'sensors'`)
	h.tell(h.offer("ada", "sensors"), skein.Notice{To: "cyd", Kind: skein.NoticeLed, Project: "sensors", Who: "ada", About: "led"})
	h.is("1", `select count(*) from mail`)
	h.is("1", `select count(*) from river_job where kind = 'mail'`)
	h.deliver()
	h.deliver()
	if h.sink.count() != 1 {
		t.Fatalf("%d mails", h.sink.count())
	}
	m := h.sink.took[0]
	if got := m.Header.Get("Subject"); got != "You were chosen for Leak Sensors" || h.sink.to[0] != "ada@water.example" {
		t.Errorf("%q to %v", got, h.sink.to)
	}
	for _, want := range []string{
		"Answer by Wednesday 13", base + "/projects/sensors/result", "Hear a leak before the street does.", "Forty sensors: still open; Ben Moss answers by 15",
		"font-family:system-ui,-apple-system,Segoe UI,", "font-family:Georgia,", // the styles are not taken for somebody's
		"nothing is decided by opening it", "Skein at Corriemere Water", base + "/settings#mail",
	} {
		if !strings.Contains(decoded(t, h.sink.bodies[0]), want) {
			t.Errorf("no %q in\n%s", want, decoded(t, h.sink.bodies[0]))
		}
	}
	person, which, ok := h.post.Stops.Read(strings.TrimSuffix(strings.TrimPrefix(m.Header.Get("List-Unsubscribe"), "<"+base+"/mail/stop/"), ">"))
	if !ok || h.whose(person) != "ada" || which != AtOnce {
		t.Errorf("%s ends %s %s", m.Header.Get("List-Unsubscribe"), person, which)
	}
	h.is("true", `select sent_at is not null from mail`)
	if s, err := h.db.Mail.Standing(t.Context(), h.now); err != nil || !s.Sending || s.Waiting != 0 || s.LastSent.IsZero() {
		t.Errorf("%+v, %v", s, err)
	}
}

func TestWhoGetsNothing(t *testing.T) {
	t.Parallel()
	for why, sql := range map[string]string{
		"never came in":    `update account set signed_in_at = null where person_id = 'ada'`,
		"has no account":   `delete from account where person_id = 'ada'`,
		"does not want it": `update account set mail_at_once = false where person_id = 'ada'`,
		"was closed out":   `update person set deactivated_at = now() where id = 'ada'`,
		"mail is off":      `update mail_state set sending = false`,
	} {
		t.Run(why, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			before := h.offer("ada", "sensors")
			h.tell(before)
			h.exec(sql)
			h.tell(h.offer("ada", "night"))
			h.is("1", `select count(*) from river_job where kind = 'mail'`)
			failed := h.deliver() // what was made before
			if h.sink.count() != 0 || failed != map[bool]int{true: 1}[why == "mail is off"] {
				t.Errorf("%d mails, %d wait", h.sink.count(), failed)
			}
		})
	}
	t.Run("the move did not happen", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		if err := h.tells(errors.New("no"), h.offer("ada", "sensors")); err == nil {
			t.Error("it happened")
		}
		h.is("0 0", `select (select count(*) from mail) || ' ' || (select count(*) from river_job where kind = 'mail')`)
	})
}

func TestWhatIsSettledMeanwhileIsNotSent(t *testing.T) {
	t.Parallel()
	for why, change := range map[string]func(*house){
		"settled": func(h *house) { h.exec(`update term set state = 'declined'`) },
		"late":    func(h *house) { h.now = h.now.Add(49 * time.Hour) },
		"closed":  func(h *house) { h.exec(`update person set active_until = '2026-05-10' where id = 'ada'`) },
		"off":     func(h *house) { h.exec(`update account set mail_at_once = false`) },
	} {
		t.Run(why, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			h.tell(h.offer("ada", "sensors"))
			change(h)
			h.deliver()
			h.is(why, `select dropped from mail`)
			if h.sink.count() != 0 {
				t.Error("it was sent")
			}
		})
	}
}

func TestManyOfOneKindAreOneMail(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for i, project := range []skein.ProjectID{"sensors", "night", "meter"} {
		h.tell(skein.Notice{To: "ben", Kind: skein.NoticeNeeds, Code: skein.CodeAsked, Project: project, About: fmt.Sprint("needs:", i)})
		h.exec(`insert into need (project_id, kind, what, asked_of, answer_by) values ($1, 'tools', 'tools', 'ben', $2)`, project, h.now.Add(100*time.Hour))
	}
	h.is("true", `select min(scheduled_at) > clock_timestamp() + interval '30 seconds' from river_job where kind = 'mail'`)
	h.deliver()
	h.is("3", `select count(*) from mail where sent_at is not null`)
	if h.sink.count() != 1 {
		t.Fatalf("%d mails", h.sink.count())
	}
	if said := decoded(t, h.sink.bodies[0]); !strings.Contains(said, "and two others ask you for what their lead needs") || !strings.Contains(said, base+"/?all=yes") {
		t.Error(said)
	}
}

func TestAFailingServerDelaysAndLosesNothing(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.sink.data = func() error { return &smtp.SMTPError{Code: 451, Message: "disk full"} }
	h.tell(h.offer("ada", "sensors"))
	h.tell(h.offer("cyd", "night"))
	if failed := h.deliver(); failed != 2 || h.sink.count() != 0 {
		t.Errorf("%d failed, %d sent", failed, h.sink.count())
	}
	s, err := h.db.Mail.Standing(t.Context(), h.now)
	if err != nil || s.Waiting != 2 || !s.FailingSince.Equal(h.now) || !strings.Contains(s.FailingSays, "disk full") {
		t.Errorf("%+v, %v", s, err)
	}
	h.now = h.now.Add(24 * time.Hour)
	h.deliver()
	h.is("2", `select min(tries) from mail`)
	if s, _ := h.db.Mail.Standing(t.Context(), h.now); !s.FailingSince.Equal(h.now.Add(-24 * time.Hour)) {
		t.Errorf("%+v", s)
	}
	h.sink.data = nil
	h.deliver()
	if s, _ := h.db.Mail.Standing(t.Context(), h.now); h.sink.count() != 2 || s.Waiting != 0 || !s.FailingSince.IsZero() || s.FailingSays != "" {
		t.Errorf("%d sent, %+v", h.sink.count(), s)
	}
}

func TestARefusedAddressIsLeftAloneForAWeek(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.sink.rcpt = func(to string) error {
		if to == "ada@water.example" {
			return &smtp.SMTPError{Code: 550, Message: "no such user"}
		}
		return nil
	}
	h.tell(h.offer("ada", "sensors"))
	h.tell(h.offer("cyd", "night"))
	h.deliver()
	h.is("refused", `select dropped from mail where person_id = 'ada'`)
	h.is("1", `select count(*) from mail where sent_at is not null`)
	refused, err := h.db.Door.PersonAccess(t.Context(), "ada", h.now)
	if err != nil || refused.RefusedAt == nil || !refused.RefusedAt.Equal(h.now) || refused.Refused != "550 5.0.0 no such user" {
		t.Errorf("%+v, %v", refused, err)
	}
	if s, _ := h.db.Mail.Standing(t.Context(), h.now); s.Refused != 1 || !s.FailingSince.IsZero() {
		t.Errorf("%+v", s)
	}
	h.exec(`update term set state = 'declined'`)
	h.tell(h.offer("ada", "meter"))
	h.is("1", `select count(*) from mail where person_id = 'ada'`)
	h.now = h.now.Add(8 * 24 * time.Hour)
	h.exec(`update term set state = 'declined'`)
	h.tell(h.offer("ada", "desk"))
	h.is("2", `select count(*) from mail where person_id = 'ada'`)
	h.exec(`update account set email = 'ada.reed@water.example' where person_id = 'ada'`)
	h.deliver()
	if refused, err := h.db.Door.PersonAccess(t.Context(), "ada", h.now); err != nil || refused.RefusedAt != nil || h.sink.to[len(h.sink.to)-1] != "ada.reed@water.example" {
		t.Errorf("%+v, %v, %v", refused, err, h.sink.to)
	}
	h.exec(`update account set email = 'ada@water.example' where person_id = 'ada'`)
	h.is("1", `select count(*) from account where mail_refused = email`)
	h.sink.rcpt = nil
	h.exec(`update term set state = 'declined'`)
	h.tell(h.offer("ada", "night"))
	h.deliver()
	h.is("0", `select count(*) from account where mail_refused is not null or mail_refused_at is not null or mail_refused_says is not null`)
	if s, _ := h.db.Mail.Standing(t.Context(), h.now); s.Refused != 0 || h.sink.to[len(h.sink.to)-1] != "ada@water.example" {
		t.Errorf("%+v, %v", s, h.sink.to)
	}
}

// What a mail server said of a link counts while the link is good.
func TestARefusedLinkCountsUntilItRunsOut(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.exec(`insert into invitation (token_hash, person_id, made_at, expires_at, mailed, refused) values ('x', 'ada', $1, $2, true, 'no such user')`, h.now, h.now.Add(time.Hour))
	for later, want := range map[time.Duration]int{0: 1, 2 * time.Hour: 0} {
		now := h.now.Add(later)
		s, err := h.db.Mail.Standing(t.Context(), now)
		list, failed := h.db.Door.Access(t.Context(), doordb.AccessQuery{Show: "refused", Now: now, Today: skein.Day(now), Limit: 10})
		if err != nil || failed != nil || s.Refused != want || len(list.People) != want {
			t.Errorf("after %s: %+v, %v, %+v, %v", later, s, err, list.People, failed)
		}
		if one, err := h.db.Door.PersonAccess(t.Context(), "ada", now); err != nil || (one.LinkRefused != "") != (want == 1) {
			t.Errorf("after %s: %+v, %v", later, one, err)
		}
	}
}

// A restored copy sends nothing, and once it is the one that runs what waited: its jobs are not in a backup.
func TestARestoredCopySendsNothingUntilItRuns(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.tell(h.offer("ada", "sensors"))
	h.exec(`delete from river_job`)
	h.exec(`update organisation set restored_at = $1`, h.now)
	h.tell(h.offer("cyd", "night"))
	h.must(h.db.Mail.Weeks(t.Context(), h.now))
	h.is("1", `select count(*) from mail`)
	if err := h.post.Deliver(t.Context(), idOf(t, h)); err == nil || h.sink.count() != 0 {
		t.Errorf("%v, %d mails", err, h.sink.count())
	}
	h.must(h.db.Gameboard.RunsNow(t.Context(), pgtest.By("ada")))
	h.must(h.db.Gameboard.RunsNow(t.Context(), pgtest.By("ada")))
	h.is("1", `select count(*) from river_job where kind = 'mail'`)
	h.deliver()
	if h.sink.count() != 1 || h.sink.to[0] != "ada@water.example" {
		t.Errorf("%v", h.sink.to)
	}
}

func idOf(t *testing.T, h *house) string {
	t.Helper()
	id, err := core.Value[string](t.Context(), h.pool, `select id::text from mail`)
	h.must(err)
	return id
}

// delivererEnv makes this test binary a server that does nothing but deliver.
const delivererEnv = "SKEIN_TEST_DELIVERER"

func TestMain(m *testing.M) {
	if at := os.Getenv(delivererEnv); at != "" {
		fmt.Fprintln(os.Stderr, deliverForever(at))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

func deliverForever(at string) error {
	url, smtpURL, _ := strings.Cut(at, " ")
	ctx := context.Background()
	pool, err := postgres.Connect(ctx, url)
	if err != nil {
		return err
	}
	server, err := ParseURL(smtpURL, "skein@water.example")
	if err != nil {
		return err
	}
	post := &Post{DB: postgres.New(pool), Sender: server, BaseURL: base, Stops: NewStops(make([]byte, 32)), Now: func() time.Time { return pgtest.Monday }}
	for {
		ids, err := core.Values[string](ctx, pool, `select args ->> 'id' from river_job where kind = 'mail' order by random()`)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := post.Deliver(ctx, id); err != nil {
				return err
			}
		}
	}
}

// TestServersKilledWhileTheySend: two servers send at once and are killed (-9) at any moment. No mail is missing, and
// one comes twice only where the kill fell between the mail server's yes and the commit: under the same id.
func TestServersKilledWhileTheySend(t *testing.T) {
	t.Parallel()
	const mails, killed = 120, 12
	h := newHouse(t)
	h.exec(`insert into project (id, title, circle_id, state) select 'p' || n, 'Project ' || n, 'leaks', 'open' from generate_series(1, $1) n`, mails)
	for n := 1; n <= mails; n++ {
		to := []skein.PersonID{"ada", "ben", "cyd"}[n%3]
		h.tell(h.offer(to, skein.ProjectID(fmt.Sprint("p", n))))
	}
	h.sink.data = func() error { time.Sleep(5 * time.Millisecond); return nil }
	start := func() *exec.Cmd {
		server := exec.Command(os.Args[0])
		server.Env = append(os.Environ(), delivererEnv+"="+pgtest.URL(t)+" smtp://"+h.sink.addr)
		h.must(server.Start())
		return server
	}
	servers := []*exec.Cmd{start(), start()}
	for i := range killed {
		time.Sleep(time.Duration(150+37*(i%5)) * time.Millisecond)
		h.must(servers[i%2].Process.Kill())
		_ = servers[i%2].Wait()
		servers[i%2] = start()
	}
	waiting := func() int {
		s, err := h.db.Mail.Standing(context.Background(), h.now)
		h.must(err)
		return s.Waiting
	}
	for end := time.Now().Add(time.Minute); waiting() > 0 && time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
	}
	for _, server := range servers {
		_ = server.Process.Kill()
		_ = server.Wait()
	}
	ids := map[string]int{}
	for _, id := range h.sink.ids() {
		ids[id]++
	}
	twice := h.sink.count() - len(ids)
	t.Logf("%d came twice", twice)
	if len(ids) != mails || twice > killed {
		t.Errorf("%d of %d came, %d twice", len(ids), mails, twice)
	}
	h.is(fmt.Sprint(mails), `select count(*) from mail where sent_at is not null`)
	h.is(fmt.Sprint(mails), `select count(*) from river_job where kind = 'mail'`)
}

// A mail that the server says it will never take is tried for five days, then dropped: the server counts as failing no
// longer for it.
func TestAMailThatIsTurnedDownIsNotTriedForEver(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.sink.data = func() error { return &smtp.SMTPError{Code: 554, Message: "too large"} }
	h.tell(h.offer("ada", "sensors"))
	h.deliver()
	h.is("1", `select count(*) from mail where dropped_at is null and tries > 0`)
	h.exec(`update mail set made_at = made_at - interval '6 days'`)
	h.deliver()
	h.is("refused", `select dropped from mail`)
	if s, _ := h.db.Mail.Standing(t.Context(), h.now); !s.FailingSince.IsZero() || h.sink.count() != 0 {
		t.Errorf("%+v", s)
	}
}
