package bench

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"skein/web/path"
)

// Living is an import into an organisation in which people read and claim meanwhile.
type Living struct {
	Seconds    float64 `json:"seconds"`
	Changed    int     `json:"changed"` // rows that differ from what the files say
	Views      int     `json:"views"`
	Claims     int     `json:"claims"`        // typed on and kept
	MostViewMS float64 `json:"most_view_ms"`  // the longest that a page took
	MostSendMS float64 `json:"most_claim_ms"` // the longest that keeping a claim took
}

// livingViewers are so many different people, by turns.
const livingViewers = 20

// living makes one row in a hundred differ from the files and imports them once more while two people
// at a time use Skein: one opens pages, the other types on a claim.
func living(ctx context.Context, pool *pgxpool.Pool, dir string, people int) (Living, error) {
	var l Living
	for _, sql := range []string{
		`update person set name = name || ' Before' where hashtext(id) % 100 = 0`,
		`update evidence set level = level % 5 + 1 where hashtext(id::text) % 100 = 0`,
		`delete from evidence where hashtext(id::text) % 100 = 1`,
	} {
		done, err := pool.Exec(ctx, sql)
		if err != nil {
			return l, err
		}
		l.Changed += int(done.RowsAffected())
	}
	skein, stop, err := serving(ctx, pool)
	defer stop()
	if err != nil {
		return l, err
	}
	viewers, err := signIn(ctx, pool, skein, min(livingViewers, people))
	if err != nil {
		return l, err
	}
	for _, page := range livingPages { // statements are prepared the first time
		if _, err := open(ctx, skein, page, viewers[0]); err != nil {
			return l, err
		}
	}
	still := l.using(ctx, skein, viewers)
	began := time.Now()
	err = load(ctx, pool, dir, func(string) {})
	l.Seconds = time.Since(began).Seconds()
	if used := still(); err == nil {
		err = used
	}
	return l, err
}

// using opens pages and keeps claims until still is called, which says what went wrong.
func (l *Living) using(ctx context.Context, skein http.Handler, viewers [][]*http.Cookie) (still func() error) {
	going, stop := context.WithCancel(ctx)
	var running sync.WaitGroup
	var failed [2]error
	for side, act := range []func(n int) error{
		func(n int) error {
			_, err := open(ctx, skein, livingPages[n%len(livingPages)], viewers[n%len(viewers)])
			return err
		},
		func(n int) error { return keepClaim(ctx, skein, viewers[n%len(viewers)]) },
	} {
		count, most := &l.Views, &l.MostViewMS
		if side == 1 {
			count, most = &l.Claims, &l.MostSendMS
		}
		running.Go(func() {
			for n := 0; n == 0 || going.Err() == nil; n++ { // what has begun is measured to its end
				began := time.Now()
				if failed[side] = act(n); failed[side] != nil {
					return
				}
				*count, *most = *count+1, max(*most, milliseconds(time.Since(began)))
			}
		})
	}
	return func() error {
		stop()
		running.Wait()
		for _, err := range failed {
			if err != nil {
				return err
			}
		}
		return nil
	}
}

// livingProject is the one project of the files; claims for it gather from the import on.
const livingProject = "project0"

// livingPages are opened by turns.
var livingPages = []string{path.Home, path.Leads, path.Project(livingProject), path.People}

// keepClaim keeps what somebody typed of a claim.
func keepClaim(ctx context.Context, skein http.Handler, cookies []*http.Cookie) error {
	form := url.Values{"why": {"Because."}}
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, path.KeepClaim(livingProject), strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for _, c := range cookies {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	skein.ServeHTTP(w, r)
	if w.Code != http.StatusNoContent {
		return fmt.Errorf("keeping a claim answered %d", w.Code)
	}
	return nil
}
