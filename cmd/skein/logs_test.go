package main

import (
	"bytes"
	"encoding/json"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"skein/internal/postgres/pgtest"
)

// objects reads what was written as one JSON object a line.
func objects(t *testing.T, text string) (all []map[string]any) {
	t.Helper()
	for line := range strings.Lines(text) {
		var one map[string]any
		if err := json.Unmarshal([]byte(line), &one); err != nil || one["msg"] == "" || one["level"] == nil || one["time"] == nil || !strings.HasSuffix(line, "\n") {
			t.Errorf("no object of a log: %q %v", line, err)
		}
		all = append(all, one)
	}
	return all
}

// With JSON every line of both streams is one object, from the first to the last.
func TestServeWritesJSONAlone(t *testing.T) {
	t.Parallel()
	p := starts(t, []string{"SKEIN_LOG_FORMAT=json", "SKEIN_LOG_LEVEL=debug"}, "serve", "--addr=127.0.0.1:0", "--metrics-addr=127.0.0.1:0", "--database-url="+pgtest.Empty(t))
	open := regexp.MustCompile(`"msg":"open (http://[^"]+)"`)
	eventually(t, "it opens", func() bool { return open.MatchString(p.errs.String()) })
	url := open.FindStringSubmatch(p.errs.String())[1]
	for _, at := range []string{"/sign-in", "/nowhere?quokka=1", "/healthz"} {
		status(t, url+at)
	}
	if code := p.ends(t, true); code != exitDone {
		t.Errorf("ended with %d: %s", code, p.errs.String())
	}
	seen := map[string]bool{}
	for _, one := range objects(t, p.errs.String()) {
		if one["msg"] == "request" {
			seen[one["route"].(string)] = true
			if took, ok := one["took"].(float64); !ok || took <= 0 || took > 60 {
				t.Errorf("in seconds it took %v", one["took"])
			}
		}
	}
	if len(seen) != 3 || !seen["/sign-in"] || !seen["none"] || !seen["/healthz"] {
		t.Errorf("requests to %v", seen)
	}
	links := objects(t, p.out.String())
	if len(links) != 1 || !strings.HasPrefix(links[0]["link"].(string), url+"/invitations/") {
		t.Fatalf("the first administrator's link is %v", links)
	}
	if strings.Contains(p.errs.String(), "quokka") || strings.Contains(p.errs.String(), "/invitations/") {
		t.Errorf("the log tells an address: %s", p.errs.String())
	}
}

// Whatever keeps it from starting is said as one object, too: also what is wrong with how it was called.
func TestServeRefusesInJSON(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = taken.Close() })
	format := filepath.Join(t.TempDir(), "format")
	if err := os.WriteFile(format, []byte("json\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	variable, file := "SKEIN_LOG_FORMAT=json", "SKEIN_LOG_FORMAT_FILE="+format
	for name, c := range map[string]struct {
		env  string
		args string
		code int
		says string
	}{
		"port taken":    {variable, "--addr " + taken.Addr().String(), exitFailed, "SKEIN_ADDR: " + taken.Addr().String() + " is taken"},
		"metrics taken": {variable, "--addr 127.0.0.1:0 --metrics-addr " + taken.Addr().String(), exitFailed, "SKEIN_METRICS_ADDR"},
		"no flag":       {variable, "--quokka", exitUsage, "--quokka"},
		"no level":      {variable, "--log-level loud", exitUsage, "log-level"},
		"no database":   {variable, "--addr 127.0.0.1:0 --database-url postgres://127.0.0.1:1/none?connect_timeout=2", exitFailed, "127.0.0.1"},
		"by a flag":     {"", "--log-format json --addr nowhere", exitUsage, "--addr"},
		"by one word":   {"", "--log-format=json --addr nowhere", exitUsage, "--addr"},
		"by a file":     {file, "--addr nowhere", exitUsage, "--addr"},
		"no collector":  {variable + "\x00OTEL_EXPORTER_OTLP_ENDPOINT=collector:4318", "--addr 127.0.0.1:0", exitUsage, "OTEL_EXPORTER_OTLP_ENDPOINT must be"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := starts(t, strings.FieldsFunc(c.env, func(r rune) bool { return r == 0 }), append([]string{"serve"}, strings.Fields(c.args)...)...)
			if code := p.ends(t, false); code != c.code || p.out.String() != "" {
				t.Errorf("%d %q", code, p.out.String())
			}
			said := objects(t, p.errs.String())
			if len(said) == 0 {
				t.Fatal("nothing is said")
			}
			if last := said[len(said)-1]; last["level"] != "ERROR" || !strings.Contains(last["msg"].(string), c.says) {
				t.Errorf("it says %v", last)
			}
		})
	}
}

// What serve is told of its log is of serve alone: other commands talk to people.
func TestOtherCommandsStayPlain(t *testing.T) {
	t.Parallel()
	p := starts(t, []string{"SKEIN_LOG_FORMAT=json"}, "match", "--quokka")
	if code := p.ends(t, false); code != exitUsage {
		t.Error(code)
	}
	onePlainLine(t, p.errs.String())
	if p = starts(t, []string{"SKEIN_LOG_FORMAT=xml"}, "serve"); p.ends(t, false) != exitUsage {
		t.Error("any format will do")
	}
	onePlainLine(t, p.errs.String())
}

func TestAPanicIsAnObjectToo(t *testing.T) {
	t.Parallel()
	var errs bytes.Buffer
	code := func() (code int) {
		defer (&console{err: &errs, json: true}).broke(&code)
		panic("quokka\nloose")
	}()
	said := objects(t, errs.String())
	if code != exitFailed || len(said) != 1 || said[0]["level"] != "ERROR" || !strings.Contains(said[0]["stack"].(string), "logs_test.go") {
		t.Errorf("%d %v", code, said)
	}
}
