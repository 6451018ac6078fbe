package main

import (
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"skein/internal/postgres"
	"skein/internal/postgres/pgtest"
)

// notRun stands behind a command, or in a line before all of a block, that the test below leaves out.
const notRun = "# not run by a test"

// blocks are what is set in on a page, each with the lines that are to be run.
func blocks(t *testing.T, page string) (all [][]string) {
	t.Helper()
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	var block []string
	whole := true // of the block, nothing is left out
	for line := range strings.Lines(string(text) + "\n") {
		command, in := strings.CutPrefix(strings.TrimRight(line, "\n"), "    ")
		switch {
		case in && command == notRun:
			whole = false
		case in && whole && !strings.HasSuffix(command, notRun):
			block = append(block, command)
		case !in:
			if len(block) > 0 {
				all = append(all, block)
			}
			block, whole = nil, true
		}
	}
	return all
}

// operator has what the page speaks of: a superuser's Postgres, folders, and a server once it is asked for.
type operator struct {
	t       *testing.T
	dir     string
	cluster *url.URL
	server  string // and where its numbers are
	metrics string
}

var addressOnPage = regexp.MustCompile(`postgres://(skein_\w+):\.\.\.@(127\.0\.0\.1|db\.example)/(\w+)`)

// here puts this machine's addresses, names and folders in place of the page's.
func (o *operator) here(text string) string {
	text = addressOnPage.ReplaceAllStringFunc(text, func(found string) string {
		m := addressOnPage.FindStringSubmatch(found)
		u := *o.cluster
		u.User, u.Path = url.UserPassword(m[1], "..."), "/"+m[3]
		if m[2] == "db.example" {
			u.Path += "_moved"
		}
		return u.String()
	})
	return strings.NewReplacer(
		"/etc/skein", o.dir+"/etc", "/var/lib/skein", o.dir+"/lib", "/var/backups/skein", o.dir+"/backups",
		"runuser -u skein -- /usr/local/bin/skein", "skein", "#SKEIN_", "SKEIN_", "127.0.0.1:8080", o.server, "127.0.0.1:9090", o.metrics,
		"--hat executive", "--hat executive --password-stdin",
	).Replace(text)
}

// put writes a file of docs/operate where the page says.
func (o *operator) put(name, to string) {
	o.t.Helper()
	text, err := os.ReadFile("../../docs/operate/" + name)
	if err == nil {
		err = os.MkdirAll(filepath.Dir(to), 0o755)
	}
	if err == nil {
		err = os.WriteFile(to, []byte(o.here(string(text))), 0o755)
	}
	if err != nil {
		o.t.Fatal(err)
	}
}

// run runs a block as it stands.
func (o *operator) run(block []string) {
	o.t.Helper()
	script := o.here("set -eu\n" + strings.Join(block, "\n"))
	cmd := exec.CommandContext(o.t.Context(), "sh", "-c", script)
	cmd.Dir, cmd.Stdin = o.dir, strings.NewReader("three unrelated geese")
	cmd.Env = []string{
		"PATH=" + o.dir + "/bin:" + os.Getenv("PATH"), "HOME=" + o.dir, asSkein + "=1",
		o.here("DATABASE_URL=postgres://skein_app:...@127.0.0.1/skein"), o.here("SKEIN_OWNER_DATABASE_URL=postgres://skein_owner:...@127.0.0.1/skein"),
	}
	if out, err := cmd.CombinedOutput(); err != nil {
		o.t.Fatalf("%v of\n%s\n%s", err, script, out)
	}
}

// TestTheOperatorsPageIsRunAsItStands runs every command of docs/operations.md that does not say that none runs it.
func TestTheOperatorsPageIsRunAsItStands(t *testing.T) { //nolint:paralleltest // it makes roles and databases under the page's own names
	cluster, err := url.Parse(pgtest.OwnerURL(t))
	if err != nil {
		t.Fatal(err)
	}
	pool, err := postgres.Connect(t.Context(), cluster.String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	t.Cleanup(func() {
		for _, sql := range []string{
			"drop database if exists skein with (force)", "drop database if exists skein_moved with (force)",
			"drop database if exists skein_try with (force)", "drop role if exists skein_owner", "drop role if exists skein_app",
		} {
			pgtest.Exec(t, pool, sql)
		}
	})
	smtp, said := smtpServer(t)
	go func() {
		for range said { //nolint:revive // it is only taken
		}
	}()
	o := &operator{t: t, dir: t.TempDir(), cluster: cluster}
	o.put("as-skein", o.dir+"/bin/as-skein")
	o.put("skein.env", o.dir+"/etc/skein.env")
	self, err := os.Executable()
	if err == nil {
		err = os.Symlink(self, o.dir+"/bin/skein")
	}
	if err == nil {
		err = os.Mkdir(o.dir+"/backups", 0o755)
	}
	if err == nil {
		err = os.WriteFile(o.dir+"/etc/smtp-url", []byte(smtp+"\n"), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	ran := 0
	for _, block := range blocks(t, "../../docs/operations.md") {
		ran += len(block)
		if strings.HasSuffix(block[0], ";") {
			for _, sql := range block {
				pgtest.Exec(t, pool, sql)
			}
			continue
		}
		all := strings.Join(block, "\n")
		if strings.Contains(all, "curl ") && o.server == "" {
			at, metrics := watched(t, o.here("--database-url=postgres://skein_app:...@127.0.0.1/skein"), "--secret-file="+o.dir+"/etc/secret")
			o.server, o.metrics = strings.TrimPrefix(at, "http://"), strings.TrimSuffix(strings.TrimPrefix(metrics, "http://"), "/metrics")
		}
		if strings.Contains(all, "@db.example/skein") {
			pgtest.Exec(t, pool, "create database skein_moved owner skein_owner")
		}
		o.run(block)
	}
	if ran < 25 {
		t.Errorf("only %d lines were found", ran)
	}
}
