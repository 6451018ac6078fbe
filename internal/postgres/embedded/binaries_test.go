package embedded

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSystemsNewestComesFirst(t *testing.T) {
	t.Parallel()
	base := t.TempDir()
	for _, name := range []string{"9", "18", "15", "common"} {
		if err := os.Mkdir(filepath.Join(base, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{base + "/18/bin", base + "/15/bin", base + "/9/bin"}
	if diff := cmp.Diff(want, systemDirs(base)); diff != "" {
		t.Error(diff)
	}
}

func TestInspectWantsProgramsThatRun(t *testing.T) {
	t.Parallel()
	write := func(dir, server string) string {
		for _, name := range []string{"initdb", "postgres"} {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(server), 0o755); err != nil {
				t.Fatal(err)
			}
		}
		return dir
	}
	b, err := inspect(t.Context(), write(t.TempDir(), "#!/bin/sh\necho 'postgres (PostgreSQL) 17.2 (Debian)'\n"))
	if err != nil || b.major != 17 || b.version != "17.2" {
		t.Errorf("got %+v, %v", b, err)
	}
	for name, script := range map[string]string{
		"fails":   "#!/bin/sh\nexit 127\n",
		"mumbles": "#!/bin/sh\necho what\n",
	} {
		if _, err := inspect(t.Context(), write(t.TempDir(), script)); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
	if _, err := inspect(t.Context(), t.TempDir()); err == nil {
		t.Error("an empty folder was taken")
	}
}

func TestLinksAreCompletedInsideThePackageOnly(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ list, wrong string }{
		"good":        {list: `[{"source":"native/lib/libx.so.1.2","target":"native/lib/libx.so"}]`},
		"leaves":      {list: `[{"source":"native/lib/x","target":"native/../../etc/x"}]`, wrong: "leaves"},
		"elsewhere":   {list: `[{"source":"/etc/passwd","target":"native/lib/x"}]`, wrong: "leaves"},
		"not a list":  {list: `{`, wrong: "pg-symlinks.json"},
		"no such dir": {list: `[{"source":"native/lib/x","target":"native/none/x"}]`, wrong: "no such file"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			native := t.TempDir()
			if err := os.Mkdir(filepath.Join(native, "lib"), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(native, "pg-symlinks.json"), []byte(c.list), 0o644); err != nil {
				t.Fatal(err)
			}
			for range 2 {
				err := completeLinks(native)
				if (err == nil) != (c.wrong == "") || err != nil && !strings.Contains(err.Error(), c.wrong) {
					t.Fatalf("said %v", err)
				}
			}
			if to, err := os.Readlink(filepath.Join(native, "lib", "libx.so")); c.wrong == "" && to != "libx.so.1.2" {
				t.Errorf("leads to %q, %v", to, err)
			}
		})
	}
}

func TestNodesNamesForProcessors(t *testing.T) {
	t.Parallel()
	if got := nodeArch("amd64") + " " + nodeArch("arm64"); got != "x64 arm64" {
		t.Error(got)
	}
}

func TestACertainMajorMayBeAskedFor(t *testing.T) {
	t.Parallel()
	found, _ := find(t.Context(), []string{"../../.."}, 15)
	for _, b := range found {
		if b.major != 15 {
			t.Errorf("%s is of major %d", b.dir, b.major)
		}
	}
	if found, err := find(t.Context(), []string{"../../.."}, 9); len(found) != 0 || !errors.Is(err, ErrNoPostgres) {
		t.Errorf("found %+v, %v", found, err)
	}
	dirs := strings.Join(candidates([]string{"/x"}, 15), "\n")
	if !strings.Contains(dirs, "/x/web/node_modules/pg"+strconv.Itoa(15)+"/native/bin") {
		t.Error(dirs)
	}
}

func TestProgramsThatWillNotDoSayWhy(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	bin := filepath.Join(root, "web", "node_modules", "pg99", "native", "bin")
	if err := os.MkdirAll(bin, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"initdb", "postgres"} {
		if err := os.WriteFile(filepath.Join(bin, name), []byte("#!/bin/sh\nexit 1\n"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	_, err := find(t.Context(), []string{root}, 99)
	if !errors.Is(err, ErrNoPostgres) || !strings.Contains(err.Error(), "does not run") {
		t.Errorf("said %v", err)
	}
}
