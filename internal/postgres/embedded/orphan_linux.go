package embedded

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// clearOrphans stops every Postgres process that still works in the data
// directory although nobody holds the lock, and removes what a dead one left.
// The pid file alone is not believed: where nobody reaps the dead, Postgres
// would take its own corpse for a running server.
func clearOrphans(data, socketDir string) error {
	steps := []struct {
		sig   syscall.Signal
		grace time.Duration
	}{{syscall.SIGINT, 5 * time.Second}, {syscall.SIGQUIT, 3 * time.Second}, {syscall.SIGKILL, 3 * time.Second}}
	for _, step := range steps {
		pids := workingIn(data)
		if len(pids) == 0 {
			break
		}
		for _, pid := range pids {
			// It may have gone meanwhile, which is what we want.
			_ = syscall.Kill(pid, step.sig)
		}
		waitGone(data, step.grace)
	}
	if pids := workingIn(data); len(pids) > 0 {
		return fmt.Errorf("an old Postgres (pid %d) in %s does not stop", pids[0], data)
	}
	for _, path := range []string{
		filepath.Join(data, "postmaster.pid"),
		filepath.Join(socketDir, ".s.PGSQL.5432"),
		filepath.Join(socketDir, ".s.PGSQL.5432.lock"),
	} {
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

func waitGone(data string, grace time.Duration) {
	for end := time.Now().Add(grace); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if len(workingIn(data)) == 0 {
			return
		}
	}
}

// workingIn lists the living Postgres processes whose working directory is the
// data directory, as that of all its processes is.
func workingIn(data string) []int {
	if resolved, err := filepath.EvalSymlinks(data); err == nil {
		data = resolved
	}
	entries, _ := os.ReadDir("/proc")
	var pids []int
	for _, e := range entries {
		pid, err := strconv.Atoi(e.Name())
		if err != nil || pid == os.Getpid() {
			continue
		}
		proc := filepath.Join("/proc", e.Name())
		cwd, err := os.Readlink(filepath.Join(proc, "cwd"))
		if err != nil || cwd != data {
			continue
		}
		// A program replaced meanwhile reads "postgres (deleted)".
		exe, err := os.Readlink(filepath.Join(proc, "exe"))
		if err == nil && strings.HasPrefix(filepath.Base(exe), "postgres") && !dead(proc) {
			pids = append(pids, pid)
		}
	}
	return pids
}

// dead tells that a process only waits for its parent to take notice.
func dead(proc string) bool {
	stat, err := os.ReadFile(filepath.Join(proc, "stat"))
	if err != nil {
		return true
	}
	end := bytes.LastIndexByte(stat, ')')
	return end >= 0 && end+2 < len(stat) && stat[end+2] == 'Z'
}
