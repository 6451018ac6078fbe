package embedded

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"time"
)

// oldest is the first major version that our SQL is written for.
const oldest = 15

// binaries is one folder of Postgres programs that was seen to run.
type binaries struct {
	dir     string // holds initdb and postgres
	major   int
	version string // "18.4"
}

// find returns every usable set of programs, best first: the ones that npm
// brought, then the one on PATH, then the system's, newest first. When there
// is none, the error says why the best of those that were seen would not do.
func find(ctx context.Context, roots []string, major int) ([]binaries, error) {
	var found []binaries
	why, told := ErrNoPostgres, false
	seen := map[string]bool{}
	for _, dir := range candidates(roots, major) {
		dir, err := realDir(dir)
		if err != nil || seen[dir] {
			continue
		}
		seen[dir] = true
		b, err := inspect(ctx, dir)
		switch {
		case err == nil && b.major >= oldest && (major == 0 || b.major == major):
			found = append(found, b)
		case err != nil && !errors.Is(err, fs.ErrNotExist) && !told:
			why, told = fmt.Errorf("%w (%w)", ErrNoPostgres, err), true
		}
	}
	if len(found) == 0 {
		return nil, why
	}
	return found, nil
}

// realDir is absolute, because the programs are started from other folders.
func realDir(dir string) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(dir)
}

func candidates(roots []string, major int) []string {
	packages := []string{"@embedded-postgres/" + runtime.GOOS + "-" + nodeArch(runtime.GOARCH)}
	if major != 0 {
		packages = append(packages, fmt.Sprintf("pg%d", major))
	}
	var dirs []string
	for _, root := range append(ownRoots(), roots...) {
		for _, name := range packages {
			dirs = append(dirs, filepath.Join(root, "web", "node_modules", name, "native", "bin"))
		}
	}
	if path, err := exec.LookPath("postgres"); err == nil {
		if path, err = filepath.EvalSymlinks(path); err == nil {
			dirs = append(dirs, filepath.Dir(path))
		}
	}
	return append(dirs, systemDirs("/usr/lib/postgresql")...)
}

// ownRoots are the folders beside the executable's bin/ and the working one.
func ownRoots() []string {
	var roots []string
	if exe, err := os.Executable(); err == nil {
		if exe, err = filepath.EvalSymlinks(exe); err == nil {
			roots = append(roots, filepath.Dir(filepath.Dir(exe)))
		}
	}
	if wd, err := os.Getwd(); err == nil {
		roots = append(roots, wd)
	}
	return roots
}

// systemDirs lists Debian's bin folders, newest first; as numbers, so that 9
// does not come before 18.
func systemDirs(base string) []string {
	entries, _ := os.ReadDir(base)
	var majors []int
	for _, e := range entries {
		if n, err := strconv.Atoi(e.Name()); err == nil {
			majors = append(majors, n)
		}
	}
	slices.Sort(majors)
	slices.Reverse(majors)
	var dirs []string
	for _, n := range majors {
		dirs = append(dirs, filepath.Join(base, strconv.Itoa(n), "bin"))
	}
	return dirs
}

func nodeArch(goarch string) string {
	if goarch == "amd64" {
		return "x64"
	}
	return goarch
}

var versionLine = regexp.MustCompile(`^postgres \(PostgreSQL\) (\d+)(\S*)`)

// inspect runs the server program once, which also shows that its libraries
// are all there.
func inspect(ctx context.Context, dir string) (binaries, error) {
	for _, name := range []string{"initdb", "postgres"} {
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			return binaries{}, err
		}
	}
	if err := completeLinks(filepath.Dir(dir)); err != nil {
		return binaries{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	out, err := exec.CommandContext(ctx, filepath.Join(dir, "postgres"), "--version").Output()
	if err != nil {
		return binaries{}, fmt.Errorf("%s does not run: %w", dir, err)
	}
	m := versionLine.FindSubmatch(out)
	if m == nil {
		return binaries{}, fmt.Errorf("%s does not tell its version", dir)
	}
	major, err := strconv.Atoi(string(m[1]))
	if err != nil {
		return binaries{}, fmt.Errorf("version of %s: %w", dir, err)
	}
	return binaries{dir: dir, major: major, version: string(m[1]) + string(m[2])}, nil
}
