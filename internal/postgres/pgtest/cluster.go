package pgtest

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"skein/internal/postgres/embedded"
)

// run tells this process's databases from those of others on a shared server.
var run = randomName()

// cluster is the server that this test process makes its databases on.
type cluster struct {
	admin *url.URL
	pool  *pgxpool.Pool // on the administrative database
	// server and dir are nil and empty on a server that somebody else runs.
	server *embedded.Server
	dir    string
	alive  io.Closer // what the reaper listens to

	templateOnce sync.Once
	templateName string
	templateErr  error
	keepOnce     sync.Once
}

// shared starts the cluster at the first call.
var shared = sync.OnceValues(func() (*cluster, error) {
	ctx, cancel := context.WithTimeout(context.Background(), setupLimit)
	defer cancel()
	if given := os.Getenv("SKEIN_TEST_DATABASE_URL"); given != "" {
		c, err := connect(ctx, given)
		if err == nil {
			go c.sweepDatabases()
		}
		return c, err
	}
	return throwaway(ctx)
})

func noPostgres() string {
	if v := os.Getenv("SKEIN_TEST_PG"); v != "" {
		return "needs Postgres " + v + ": install it, or run `make build`, which fetches one with npm"
	}
	return "needs Postgres: run `make build`, which fetches one with npm, install it, or set SKEIN_TEST_DATABASE_URL"
}

func connect(ctx context.Context, dsn string) (*cluster, error) {
	cfg, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		return nil, err
	}
	cfg.MaxConns = 4
	pool, err := pgxpool.NewWithConfig(ctx, cfg)
	if err != nil {
		return nil, err
	}
	if err := pool.Ping(ctx); err != nil {
		pool.Close()
		return nil, err
	}
	admin, err := url.Parse(dsn)
	if err != nil || admin.Scheme == "" {
		pool.Close()
		return nil, errors.New("SKEIN_TEST_DATABASE_URL must be a postgres:// address")
	}
	c := &cluster{admin: admin, pool: pool}
	if err := c.ensureLogin(ctx); err != nil {
		pool.Close()
		return nil, err
	}
	return c, nil
}

// Login is the lesser login that tests' pools have.
const Login = "skein_test"

// ensureLogin makes it, with the password that whoever runs the tests has anyway. Several processes
// may do so at the same moment.
func (c *cluster) ensureLogin(ctx context.Context) error {
	password, _ := c.admin.User.Password()
	var sql string
	err := c.pool.QueryRow(ctx, `select format('create role %I login password %L', $1::text, nullif($2::text, ''))`, Login, password).Scan(&sql)
	if err != nil {
		return err
	}
	_, err = c.pool.Exec(ctx, "do $do$ begin "+sql+"; exception when duplicate_object or unique_violation then null; end $do$")
	return err
}

// lesser is an address for the lesser login.
func (c *cluster) lesser(owner string) string {
	u, err := url.Parse(owner)
	if err != nil {
		return owner
	}
	if password, ok := c.admin.User.Password(); ok {
		u.User = url.UserPassword(Login, password)
	} else {
		u.User = url.User(Login)
	}
	return u.String()
}

func throwaway(ctx context.Context) (*cluster, error) {
	major := 0
	if v := os.Getenv("SKEIN_TEST_PG"); v != "" {
		n, err := strconv.Atoi(v)
		if err != nil {
			return nil, fmt.Errorf("SKEIN_TEST_PG=%s is no major version", v)
		}
		major = n
	}
	base := baseDir()
	sweepClusters(base)
	// Not t.TempDir: that lies in a folder which Postgres' account cannot enter.
	dir, err := os.MkdirTemp(base, clusterPrefix)
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(dir, 0o711); err != nil {
		return nil, err
	}
	srv, err := embedded.Start(ctx, embedded.Config{
		Dir: dir, Database: "postgres", Holder: "test", Major: major,
		Roots: roots(), Throwaway: true,
	})
	if err != nil {
		_ = os.RemoveAll(dir)
		return nil, err
	}
	alive, err := startReaper(dir, srv.DataDir)
	if err != nil {
		return nil, errors.Join(err, srv.Stop(ctx))
	}
	c, err := connect(ctx, srv.DSN)
	if err != nil {
		return nil, errors.Join(err, srv.Stop(ctx))
	}
	c.server, c.dir, c.alive = srv, dir, alive
	return c, nil
}

// baseDir is in memory where that is possible.
func baseDir() string {
	probe, err := os.MkdirTemp("/dev/shm", clusterPrefix)
	if err != nil {
		return os.TempDir()
	}
	_ = os.Remove(probe)
	return "/dev/shm"
}

// roots are the folders above the package under test, one of which is the
// checkout with its web/node_modules.
func roots() []string {
	dir, err := os.Getwd()
	if err != nil {
		return nil
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return []string{dir}
		}
		if dir == filepath.Dir(dir) {
			return nil
		}
		dir = filepath.Dir(dir)
	}
}

func (c *cluster) url(database string) string {
	u := *c.admin
	u.Path = "/" + database
	return u.String()
}

// keep holds a failed test's database and says how to look at it.
func (c *cluster) keep(name string) string {
	if c.server == nil {
		return "kept " + c.url(name)
	}
	c.keepOnce.Do(func() {
		// The reaper leaves a folder with this mark.
		_ = os.WriteFile(filepath.Join(c.dir, keepMark), nil, 0o600)
	})
	return fmt.Sprintf("kept database %s; start its server as the owner of the folder with\n"+
		"  %s/postgres -D %s -c listen_addresses= -c unix_socket_directories=/tmp\nand open it with\n"+
		"  psql -h /tmp -U postgres %s", name, c.server.BinDir, c.server.DataDir, name)
}

// sweepDatabases drops what killed runs left on a shared server: databases of
// tests older than a day.
func (c *cluster) sweepDatabases() {
	ctx, cancel := context.WithTimeout(context.Background(), setupLimit)
	defer cancel()
	rows, err := c.pool.Query(ctx, "SELECT datname FROM pg_database WHERE datname LIKE 'skein\\_test\\_%'")
	if err != nil {
		return
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return
	}
	for _, name := range names {
		var made int64
		if _, err := fmt.Sscanf(name, "skein_test_%d_", &made); err != nil {
			continue
		}
		if time.Since(time.Unix(made, 0)) > 24*time.Hour {
			_, _ = c.pool.Exec(ctx, "DROP DATABASE IF EXISTS "+quoted(name)+" WITH (FORCE)")
		}
	}
}

func randomName() string {
	var b [4]byte
	_, _ = rand.Read(b[:])
	return hex.EncodeToString(b[:])
}
