package main

import (
	"strings"
	"testing"

	"skein/internal/postgres/pgtest"
)

func TestTheOperatorTakesASecondFactorAway(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	for _, sql := range []string{
		`insert into person (id, name) values ('noor', 'Noor Basri'), ('owen', 'Owen Pell')`,
		`insert into account (person_id, email, made_at) select id, id || '@corriemere.example', now() from person`,
		`insert into hat (person_id, kind, given_at) values ('owen', 'administrator', now())`,
		`insert into passkey (person_id, credential, public_key, handle, may_back_up, backed_up, host, name, made_at)
			values ('noor', 'x', 'x', 'x', false, false, 'localhost', 'My phone', now())`,
		`insert into recovery_code (code_hash, person_id, made_at) values ('x', 'noor', now())`,
	} {
		if _, err := pool.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	url := "--database-url=" + pgtest.URL(t)
	off := func(email string) (int, string, string) {
		return typing("", "user", "second-factor", "off", email, url)
	}
	if code, out, errs := off("NOOR@corriemere.example"); code != exitDone || errs != "" || !strings.Contains(out, "passkeys removed: 1") {
		t.Errorf("%d %q %q", code, out, errs)
	}
	var left string
	err := pool.QueryRow(t.Context(), `
		select (select count(*) from passkey) + (select count(*) from recovery_code) || ' '
			|| (select string_agg(person_id, ' ' order by person_id) from notice where code = 'secondoff') || ' '
			|| (select epoch from account where person_id = 'noor') || ' '
			|| (select count(*) from audit_told where action = 'account.second_off' and actor_id is null)`).Scan(&left)
	if err != nil || left != "0 noor owen 1 1" && left != "0 noor owen 2 1" {
		t.Errorf("%q, %v", left, err)
	}
	if code, out, _ := off("noor@corriemere.example"); code != exitDone || !strings.Contains(out, "nothing was changed") {
		t.Errorf("twice: %d %q", code, out)
	}
	code, _, errs := off("nobody@corriemere.example")
	if code != exitFailed || !strings.Contains(errs, "nobody signs in with nobody@corriemere.example") {
		t.Errorf("nobody: %d %q", code, errs)
	}
	onePlainLine(t, errs)
	if code, _, _ := off("noor"); code != exitUsage {
		t.Errorf("no address: %d", code)
	}
}
