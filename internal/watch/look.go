package watch

import (
	"context"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/prometheus/client_golang/prometheus"

	"skein/internal/postgres"
)

// How long the database may take to answer a scrape, and for how long its answer serves those that come right after:
// nobody who asks often keeps its connections from anybody.
const (
	lookTime = 2 * time.Second
	lookKept = time.Second
)

// Sources are where numbers come from that nobody counts as they happen.
type Sources struct {
	Figures func(ctx context.Context, now time.Time) (postgres.Figures, error)
	Pools   map[string]*pgxpool.Pool
	// Size counts who is in memory, and the rows of their evidence; false before they were read.
	Size func() (people, rows int, loaded bool)
	// Lag is for how long memory may have missed what was committed; false: it never knew anything.
	Lag func() (time.Duration, bool)
}

// looked collects what is looked up when somebody asks.
type looked struct {
	of *Metrics

	mu      sync.Mutex // one at a time asks the database
	at      time.Time
	figures postgres.Figures
	up      bool
}

func about(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc("skein_"+name, help, labels, nil)
}

var (
	databaseUp = about("database_up", "1 where the database answered this scrape within two seconds, else 0; then its numbers are left out.")

	connections    = about("db_connections", "Connections to the database, by pool and by what they do: used, idle, opening.", "pool", "state")
	connectionsMax = about("db_connections_max", "How many connections a pool may have.", "pool")
	acquires       = about("db_acquires_total", "How often a connection was taken from a pool.", "pool")
	waits          = about("db_acquire_waits_total", "How often that had to wait, because none was free.", "pool")
	waited         = about("db_acquire_wait_seconds_total", "How long that waited, all together.", "pool")

	jobs         = about("jobs", "Jobs of the queue that are not done, by queue, kind and state.", "queue", "kind", "state")
	tickAge      = about("tick_age_seconds", "How long ago any server looked at the clocks last.")
	mailsWaiting = about("mails_waiting", "Mails that are made and not sent yet.")
	mailsFailed  = about("mails_failed", "Of those that wait, the ones that the mail server did not take at least once.")
	mailFailing  = about("mail_failing_seconds", "For how long no mail has gone out that should have; 0 while mail goes out.")

	indexReady  = about("index_ready", "1 once everybody was read into memory, else 0.")
	indexPeople = about("index_people", "People in memory.")
	indexRows   = about("index_rows", "Rows of their evidence in memory.")
	indexLag    = about("index_lag_seconds", "How long ago memory was last seen to hold all that was committed.")
)

// Describe implements prometheus.Collector.
func (l *looked) Describe(to chan<- *prometheus.Desc) {
	for _, one := range []*prometheus.Desc{
		databaseUp, connections, connectionsMax, acquires, waits, waited, jobs, tickAge, mailsWaiting, mailsFailed, mailFailing,
		indexReady, indexPeople, indexRows, indexLag,
	} {
		to <- one
	}
}

// Collect implements prometheus.Collector.
func (l *looked) Collect(to chan<- prometheus.Metric) {
	gauge := func(of *prometheus.Desc, value float64, labels ...string) {
		to <- prometheus.MustNewConstMetric(of, prometheus.GaugeValue, value, labels...)
	}
	from := l.of.sources.Load()
	if from == nil { // still starting
		gauge(databaseUp, 0)
		gauge(indexReady, 0)
		return
	}
	for pool, of := range from.Pools {
		collectPool(to, pool, of.Stat())
	}
	people, rows, loaded := from.Size()
	gauge(indexReady, asNumber(loaded))
	if loaded {
		gauge(indexPeople, float64(people))
		gauge(indexRows, float64(rows))
	}
	if lag, known := from.Lag(); known {
		gauge(indexLag, lag.Seconds())
	}
	figures, up := l.look(from)
	gauge(databaseUp, asNumber(up))
	if up {
		collectFigures(gauge, figures)
	}
}

// look asks the database, or remembers what it said a moment ago.
func (l *looked) look(from *Sources) (postgres.Figures, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if time.Since(l.at) < lookKept {
		return l.figures, l.up
	}
	ctx, cancel := context.WithTimeout(context.Background(), lookTime)
	defer cancel()
	figures, err := from.Figures(ctx, time.Now())
	l.figures, l.up, l.at = figures, err == nil, time.Now()
	return l.figures, l.up
}

func collectPool(to chan<- prometheus.Metric, pool string, s *pgxpool.Stat) {
	send := func(of *prometheus.Desc, kind prometheus.ValueType, value float64, labels ...string) {
		to <- prometheus.MustNewConstMetric(of, kind, value, append([]string{pool}, labels...)...)
	}
	send(connections, prometheus.GaugeValue, float64(s.AcquiredConns()), "used")
	send(connections, prometheus.GaugeValue, float64(s.IdleConns()), "idle")
	send(connections, prometheus.GaugeValue, float64(s.ConstructingConns()), "opening")
	send(connectionsMax, prometheus.GaugeValue, float64(s.MaxConns()))
	send(acquires, prometheus.CounterValue, float64(s.AcquireCount()))
	send(waits, prometheus.CounterValue, float64(s.EmptyAcquireCount()))
	send(waited, prometheus.CounterValue, s.EmptyAcquireWaitTime().Seconds())
}

func collectFigures(gauge func(of *prometheus.Desc, value float64, labels ...string), f postgres.Figures) {
	if f.Ticked {
		gauge(tickAge, f.SinceTick.Seconds())
	}
	for _, one := range f.Jobs {
		gauge(jobs, float64(one.Count), one.Queue, one.Kind, one.State)
	}
	gauge(mailsWaiting, float64(f.MailsWaiting))
	gauge(mailsFailed, float64(f.MailsTried))
	gauge(mailFailing, f.MailFailing.Seconds())
}

func asNumber(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}
