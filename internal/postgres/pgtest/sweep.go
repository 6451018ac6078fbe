package pgtest

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"

	"skein/internal/postgres/embedded"
)

const (
	clusterPrefix = "skein-pgtest-"
	keepMark      = "keep"
	// keptClusters bounds what failed runs may hold of the memory.
	keptClusters = 3
)

// reaperScript waits for its standard input to end, as it does with the test
// process however that dies, then for Postgres, and removes the folder.
const reaperScript = `read -r _
i=0
while [ -e "$2/postmaster.pid" ] && [ $i -lt 100 ]; do i=$((i+1)); sleep 0.1; done
[ -e "$1/keep" ] || rm -rf -- "$1"`

// startReaper takes care of the cluster's folder after the process: a test
// binary has no hook of ours at its end, and may be killed. The pipe must stay
// open as long as the process lives.
func startReaper(dir, data string) (alive io.Closer, err error) {
	cmd := exec.Command("/bin/sh", "-c", reaperScript, "reaper", dir, data)
	cmd.Dir = "/"
	detach(cmd)
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	return in, cmd.Start()
}

// sweepClusters removes what is left of runs whose reaper was killed too, and
// all kept ones but the newest.
func sweepClusters(base string) {
	dirs, _ := filepath.Glob(filepath.Join(base, clusterPrefix+"*"))
	type kept struct {
		dir  string
		made time.Time
	}
	var keep []kept
	for _, dir := range dirs {
		info, err := os.Stat(dir)
		// A folder of the last minutes may belong to a process that has not
		// taken its lock yet.
		if err != nil || time.Since(info.ModTime()) < 5*time.Minute {
			continue
		}
		if _, err := os.Stat(filepath.Join(dir, keepMark)); err == nil {
			keep = append(keep, kept{dir, info.ModTime()})
			continue
		}
		_, _ = embedded.Discard(dir)
	}
	slices.SortFunc(keep, func(a, b kept) int { return b.made.Compare(a.made) })
	for i, k := range keep {
		if i >= keptClusters {
			_, _ = embedded.Discard(k.dir)
		}
	}
}
