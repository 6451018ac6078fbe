package jobs_test

import (
	"bufio"
	"context"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/chooser"
	"skein/internal/jobs"
	"skein/internal/postgres"
	"skein/internal/postgres/core"
	"skein/internal/postgres/pgtest"
	"skein/internal/skein"
)

// mailHangerEnv makes this test binary a server whose first mail is never sent: it says so and waits to be killed.
const mailHangerEnv = "SKEIN_TEST_MAIL_HANGER"

// hanging sends nothing for ever.
type hanging struct{ mailer }

// Deliver says that it began.
func (*hanging) Deliver(context.Context, string) error {
	_, _ = os.Stdout.WriteString("in the middle\n")
	select {}
}

func mailForever(url string) error {
	ctx := context.Background()
	pool, err := postgres.Connect(ctx, url)
	if err != nil {
		return err
	}
	db := postgres.New(pool)
	clock, err := jobs.New(jobs.Config{Pool: pool, DB: db, Chooser: chooser.New(db), Now: time.Now, Mail: &hanging{}})
	if err == nil {
		err = clock.Start(ctx)
	}
	if err == nil {
		time.Sleep(time.Hour)
	}
	return err
}

// TestAMailWhoseServerWasKilledIsSentByAnother: its job stays `running` for ever; another server counts it as lost
// after the rescue's time, and sends it.
func TestAMailWhoseServerWasKilledIsSentByAnother(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.exec(`insert into account (person_id, email, made_at, signed_in_at) select id, id || '@water.example', now(), now() from person`)
	h.must(h.db.Mail.SetSending(context.Background(), true))
	h.must(pgx.BeginFunc(context.Background(), h.pool, func(tx pgx.Tx) error {
		return core.Tell(context.Background(), tx, h.by(""), []skein.Notice{{To: "marta", Kind: skein.NoticeOffer, Project: "sensors", About: "offer"}})
	}))
	id := h.one(`select id from mail`)

	killed := exec.Command(os.Args[0])
	killed.Env = append(os.Environ(), mailHangerEnv+"="+pgtest.URL(t))
	says, err := killed.StdoutPipe()
	h.must(err)
	h.must(killed.Start())
	_, err = bufio.NewReader(says).ReadString('\n')
	h.must(err)
	h.must(killed.Process.Kill())
	_ = killed.Wait()
	h.is("running", `select state from river_job where kind = 'mail'`)

	m := &mailer{tried: map[string]int{}, fail: func(string) error { return nil }}
	clock, err := jobs.New(jobs.Config{
		Pool: h.pool, DB: h.db, Chooser: h.chooser, Now: func() time.Time { return h.now }, Mail: m,
		Timeout: time.Second, Rescue: 2 * time.Second,
	})
	h.must(err)
	h.must(clock.Start(context.Background()))
	done := func() bool {
		return h.one(`select count(*) from river_job where kind = 'mail' and state = 'running'`) == "0" && m.count(id) > 0
	}
	for end := time.Now().Add(2 * time.Minute); !done() && time.Now().Before(end); {
		time.Sleep(50 * time.Millisecond)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	h.must(clock.Stop(ctx))
	if n := m.count(id); n != 1 {
		t.Errorf("it was sent %d times", n)
	}
}

// count is how often a mail was tried.
func (m *mailer) count(id string) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.tried[id]
}
