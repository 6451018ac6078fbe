package main

import (
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

// asSkein makes the test's program be skein: what a process writes, all of it, is what only a process shows.
const asSkein = "SKEIN_TEST_IS_SKEIN"

func TestMain(m *testing.M) {
	if os.Getenv(asSkein) != "" {
		main()
	}
	os.Exit(m.Run())
}

// process is skein in a process of its own.
type process struct {
	*exec.Cmd
	out, errs heard
}

// starts runs it with what is added to an environment that says nothing to Skein.
func starts(t *testing.T, env []string, args ...string) *process {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	p := &process{Cmd: exec.Command(self, args...)}
	for _, set := range os.Environ() {
		if !strings.HasPrefix(set, "SKEIN_") && !strings.HasPrefix(set, "DATABASE_URL=") && !strings.HasPrefix(set, "OTEL_") {
			p.Env = append(p.Env, set)
		}
	}
	p.Env = append(append(p.Env, asSkein+"=1"), env...)
	p.Stdout, p.Stderr = &p.out, &p.errs
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.Process.Kill() })
	return p
}

// ends waits until it has ended, which it is told to where it serves, and returns its exit code.
func (p *process) ends(t *testing.T, told bool) int {
	t.Helper()
	if told {
		if err := p.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
	}
	late := time.AfterFunc(2*time.Minute, func() { _ = p.Process.Kill() })
	defer late.Stop()
	_ = p.Wait() // the code says it
	return p.ProcessState.ExitCode()
}
