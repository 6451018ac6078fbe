package embedded

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Whoever starts the server by hand, with nothing but its data, opens the socket alone: also where the
// data are of an earlier version, and where somebody opened a door in its conf.
func TestAServerStartedByHandOpensNoDoor(t *testing.T) {
	t.Parallel()
	dir := madeDir(t)
	cfg := testConfig(dir)
	srv := mustStart(t, cfg)
	mustStop(t, srv)
	at := func(name string) string { return filepath.Join(srv.DataDir, name) }
	before := map[string]string{}
	for _, name := range []string{"postgresql.conf", "pg_hba.conf", ownConf} {
		text, err := os.ReadFile(at(name))
		if err != nil {
			t.Fatal(err)
		}
		before[name] = string(text)
	}
	if err := os.Remove(at(ownConf)); err != nil {
		t.Fatal(err)
	}
	open := strings.ReplaceAll(before["postgresql.conf"], "include '"+ownConf+"'", "") + "listen_addresses = '127.0.0.1'\nport = 5999\nunix_socket_permissions = 0777"
	for name, text := range map[string]string{"postgresql.conf": open, "pg_hba.conf": "host all all 0.0.0.0/0 trust\nlocal all all trust\n"} {
		if err := os.WriteFile(at(name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	srv = mustStart(t, cfg)
	for sql, want := range map[string]string{
		`select count(*)::text from pg_hba_file_rules where type <> 'local' or error is not null`:          "0",
		`select setting from pg_file_settings where name = 'listen_addresses' order by seqno desc limit 1`: "",
	} {
		if got := query(t, srv.DSN, sql); got != want {
			t.Errorf("%s: %q", sql, got)
		}
	}
	mustStop(t, srv)

	p, err := settle(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	if err := makeSocketDir(p.socketDir(), p.acct); err != nil {
		t.Fatal(err)
	}
	proc, err := spawn(p.acct.command(p.data(), filepath.Join(p.bin.dir, "postgres"), "-D", p.data()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { proc.stop(time.Second) })
	if err := proc.awaitReady(t.Context(), p.data()); err != nil {
		t.Fatal(err)
	}
	for sql, want := range map[string]string{
		"show listen_addresses": "", "show port": "5432", "show unix_socket_directories": p.socketDir(), "show unix_socket_permissions": "0700",
	} {
		if got := query(t, srv.DSN, sql); got != want {
			t.Errorf("%s: %q", sql, got)
		}
	}
	if text, err := os.ReadFile(filepath.Join(p.data(), "postmaster.pid")); err != nil || strings.Split(string(text), "\n")[5] != "" {
		t.Errorf("it listens on an address: %q, %v", text, err)
	}
	info, err := os.Stat(filepath.Join(p.socketDir(), ".s.PGSQL.5432"))
	if err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the socket: %v, %v", info, err)
	}
	mode, err := os.Stat(at(ownConf))
	if uid, _, owned := owner(at(ownConf)); err != nil || owned != nil || mode.Mode().Perm() != 0o600 || uid != p.acct.uid {
		t.Errorf("%s: %v, %v, of %d", ownConf, mode, err, uid)
	}
}

func TestOursIsReadLastAndOnce(t *testing.T) {
	t.Parallel()
	const include = "include 'skein.conf'\n"
	for conf, want := range map[string]string{
		"":                          "\n" + include,
		"a = 1":                     "a = 1\n" + include,
		"a = 1\n" + include:         "a = 1\n" + include,
		include + "a = 1\n\n":       "a = 1\n" + include,
		include + include + "a = 1": "a = 1\n" + include,
	} {
		if got := lastIncluded([]byte(conf)); got != want {
			t.Errorf("%q becomes %q", conf, got)
		}
		if got := lastIncluded([]byte(lastIncluded([]byte(conf)))); got != want {
			t.Errorf("%q is not what it stays: %q", conf, got)
		}
	}
	if got := quoted(`/o'dir\x`); got != `'/o''dir\\x'` {
		t.Error(got)
	}
}
