package ssotest

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// strictSecret is what Skein shows itself by to a strict provider.
const strictSecret = "a-secret-that-is-long-enough-for-anybody"

// Strict is a provider that others made, in its strict settings, in a process of its own.
type Strict struct {
	URL    string
	Secret string
	stop   func()
}

// NewStrict starts one with these people, by the name that they type and with what is said of them; browsers go back
// to that address. Root is the folder of the whole repository. The test is skipped where there is no Node, or not the
// package.
func NewStrict(t testing.TB, root, back string, people map[string]Claims) *Strict {
	t.Helper()
	modules := filepath.Join(root, "web", "node_modules")
	node, err := exec.LookPath("node")
	if err == nil {
		_, err = os.Stat(filepath.Join(modules, "oidc-provider"))
	}
	if err != nil {
		t.Skip("the strict provider needs Node and npm's oidc-provider: run `make vendor`")
	}
	told, err := json.Marshal(people)
	if err != nil {
		t.Fatal(err)
	}
	script := filepath.Join(root, "internal", "sso", "ssotest", "testdata", "strict.mjs")
	command := exec.Command(node, script, modules, back, ClientID, strictSecret, string(told)) //nolint:gosec // ours
	var says bytes.Buffer
	command.Stderr = &says
	in, err := command.StdinPipe() // which ends with this process, whatever ends it
	if err != nil {
		t.Fatal(err)
	}
	out, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	stopped := false
	s := &Strict{Secret: strictSecret, stop: func() {
		if !stopped {
			stopped = true
			_ = in.Close()
			_ = command.Process.Kill()
			_ = command.Wait()
		}
	}}
	t.Cleanup(s.stop)
	ready := make(chan string, 1)
	go func() {
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			if address, is := strings.CutPrefix(lines.Text(), "ready "); is {
				ready <- address
			}
		}
	}()
	select {
	case s.URL = <-ready:
	case <-time.After(time.Minute):
		s.stop()
		t.Fatalf("the strict provider does not start: %s", says.String())
	}
	return s
}

// Stop ends it before the test does.
func (s *Strict) Stop() { s.stop() }
