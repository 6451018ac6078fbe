package embedded

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// startLimit covers recovery after a crash on a slow disk.
const startLimit = 60 * time.Second

// process is a running postmaster that is our child.
type process struct {
	cmd  *exec.Cmd
	done chan struct{}
	err  error // set before done is closed
}

// initialise makes the data under another name and renames them, so that a
// killed start leaves nothing half made under the real one.
func (p place) initialise(throwaway bool) error {
	if _, err := os.Stat(p.data()); err == nil {
		return nil
	}
	temp := p.file(".new")
	if err := os.RemoveAll(temp); err != nil {
		return err
	}
	if err := os.Mkdir(temp, 0o700); err != nil {
		return err
	}
	if err := p.acct.give(temp); err != nil {
		return err
	}
	// Texts are sorted by their bytes, as C.UTF-8 has it too: only, Postgres knows of C that it
	// need not ask the system for each comparison.
	args := []string{
		"-D", temp, "-U", "postgres", "-A", "trust", "-E", "UTF8",
		"--locale=C.UTF-8", "--lc-collate=C", "--data-checksums",
	}
	if throwaway {
		args = append(args, "--no-sync")
	}
	out, err := p.acct.command(temp, filepath.Join(p.bin.dir, "initdb"), args...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("initdb: %s", lastLine(out, err))
	}
	return os.Rename(temp, p.data())
}

// launch starts the server and waits until it takes connections.
func (p place) launch(ctx context.Context, throwaway bool) (*process, error) {
	sock := p.socketDir()
	if err := makeSocketDir(sock, p.acct); err != nil {
		return nil, err
	}
	log, err := openLog(p.file(".log"), p.acct)
	if err != nil {
		return nil, err
	}
	defer log.Close()
	begin, err := log.Seek(0, 2)
	if err != nil {
		return nil, err
	}
	cmd := p.acct.command(p.data(), filepath.Join(p.bin.dir, "postgres"), p.settings(sock, throwaway)...)
	cmd.Stdout, cmd.Stderr = log, log
	// When we die, even by kill -9, the kernel sends Postgres SIGINT, which shuts it down in order.
	cmd.SysProcAttr.Pdeathsig = syscall.SIGINT
	proc, err := spawn(cmd)
	if err != nil {
		return nil, fmt.Errorf("starting Postgres: %w", err)
	}
	if err := proc.awaitReady(ctx, p.data()); err != nil {
		proc.stop(time.Second)
		text, _ := os.ReadFile(p.file(".log"))
		if int64(len(text)) >= begin {
			text = text[begin:]
		}
		return nil, fmt.Errorf("the private Postgres did not start: %s", lastLine(fatalLines(text), err))
	}
	return proc, nil
}

func (p place) settings(sock string, throwaway bool) []string {
	set := append(door(sock),
		"timezone=UTC", "log_timezone=UTC", "logging_collector=off",
		// an import writes some hundred megabytes at once: no checkpoint in the midst of it
		"max_wal_size=2GB",
	)
	if throwaway {
		set = append(set,
			"fsync=off", "synchronous_commit=off", "full_page_writes=off",
			"dynamic_shared_memory_type=mmap", "shared_buffers=64MB", "max_connections=500",
			"min_wal_size=32MB", "max_wal_size=128MB", "wal_level=minimal", "max_wal_senders=0",
			"autovacuum=off", "jit=off", // hundreds of databases that live for a second each
		)
	}
	args := []string{"-D", p.data()}
	for _, s := range set {
		args = append(args, "-c", s)
	}
	return args
}

// spawn keeps the forking thread for the life of the child, because the
// parent's death is signalled when that thread ends, not the process.
func spawn(cmd *exec.Cmd) (*process, error) {
	proc := &process{cmd: cmd, done: make(chan struct{})}
	started := make(chan error, 1)
	go func() {
		runtime.LockOSThread()
		err := cmd.Start()
		started <- err
		if err != nil {
			return
		}
		proc.err = cmd.Wait()
		close(proc.done)
	}()
	if err := <-started; err != nil {
		return nil, err
	}
	return proc, nil
}

func (proc *process) awaitReady(ctx context.Context, data string) error {
	ctx, cancel := context.WithTimeout(ctx, startLimit)
	defer cancel()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-proc.done:
			return fmt.Errorf("it ended at once: %w", proc.end())
		case <-ctx.Done():
			return fmt.Errorf("not ready: %w", context.Cause(ctx))
		case <-tick.C:
			if isReady(data, proc.cmd.Process.Pid) {
				return nil
			}
		}
	}
}

// end says how the process ended, after done.
func (proc *process) end() error {
	if proc.err == nil {
		return errors.New("exit status 0")
	}
	return proc.err
}

// isReady reads the pid file's first and eighth line, as pg_ctl does.
func isReady(data string, pid int) bool {
	text, err := os.ReadFile(filepath.Join(data, "postmaster.pid"))
	if err != nil {
		return false
	}
	lines := strings.Split(string(text), "\n")
	return len(lines) >= 8 && strings.TrimSpace(lines[0]) == strconv.Itoa(pid) &&
		strings.TrimSpace(lines[7]) == "ready"
}

// stop asks for a fast shutdown, then for an immediate one, then ends it.
func (proc *process) stop(grace time.Duration) {
	for _, sig := range []syscall.Signal{syscall.SIGINT, syscall.SIGQUIT, syscall.SIGKILL} {
		if err := proc.cmd.Process.Signal(sig); err != nil {
			break
		}
		select {
		case <-proc.done:
			return
		case <-time.After(grace):
		}
	}
	<-proc.done
}

func makeSocketDir(dir string, acct account) error {
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	if err := isOurs(dir, os.Geteuid(), acct.uid); err != nil {
		return err
	}
	return acct.give(dir)
}

// openLog appends, and starts anew when the log has grown large.
func openLog(path string, acct account) (*os.File, error) {
	if info, err := os.Stat(path); err == nil && info.Size() > 10<<20 {
		if err := os.Rename(path, path+".old"); err != nil {
			return nil, err
		}
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return nil, err
	}
	if err := acct.give(path); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// fatalLines keeps the lines that say why, if there are any.
func fatalLines(text []byte) []byte {
	var kept [][]byte
	for line := range bytes.Lines(text) {
		if bytes.Contains(line, []byte("FATAL:")) || bytes.Contains(line, []byte("PANIC:")) {
			kept = append(kept, line)
		}
	}
	return bytes.Join(kept, nil)
}

func lastLine(out []byte, err error) string {
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	if last := strings.TrimSpace(lines[len(lines)-1]); last != "" {
		return last
	}
	return err.Error()
}
