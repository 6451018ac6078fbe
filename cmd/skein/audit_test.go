package main

import (
	"regexp"
	"strings"
	"testing"

	"skein/internal/postgres/pgtest"
)

func TestTheLogIsVerifiedFromTheTerminal(t *testing.T) {
	t.Parallel()
	owner, url := pgtest.Owner(t), pgtest.URL(t)
	verify := func(args ...string) (int, string, string) {
		return runs(t, append([]string{"audit", "verify", "--database-url", url}, args...)...)
	}
	code, out, errs := verify()
	if code != exitDone || errs != "" || !strings.HasPrefix(out, "0 rows, ") {
		t.Errorf("%d %q %q", code, out, errs)
	}
	pgtest.Exec(t, owner, `insert into audit_event (at, action, noun, noun_id, details)
		select now(), 'project.cancel', 'project', 'x', '{"reason": "It is over."}' from generate_series(1, 4)`)
	pgtest.Exec(t, owner, `delete from audit_content where event_id in (select id from audit_event where position < 3)`)
	code, out, errs = verify()
	head := regexp.MustCompile(`\nhead (4:[0-9a-f]{64})\n$`).FindStringSubmatch(out)
	if code != exitDone || errs != "" || !strings.Contains(out, "4 rows, ") || !strings.Contains(out, "2 rows erased") || head == nil {
		t.Fatalf("%d %q %q", code, out, errs)
	}
	if code, _, errs = verify("--head", head[1]); code != exitDone {
		t.Errorf("%d %q", code, errs)
	}
	if code, _, errs = verify("--head", strings.Replace(head[1], "4:", "3:", 1)); code != exitFailed || !strings.Contains(errs, "row 3") {
		t.Errorf("%d %q", code, errs)
	}
	if code, _, errs = verify("--head", "yesterday's"); code != exitUsage {
		t.Errorf("%d %q", code, errs)
	}
	onePlainLine(t, errs)
	pgtest.Exec(t, owner, `alter table audit_event disable trigger audit_event_no_change`)
	pgtest.Exec(t, owner, `update audit_event set action = 'project.complete' where position = 2`)
	code, out, errs = verify()
	if code != exitFailed || out != "" || !strings.Contains(errs, "the log is broken at row 2: ") {
		t.Errorf("%d %q %q", code, out, errs)
	}
	onePlainLine(t, errs)
}
