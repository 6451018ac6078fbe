package main

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"skein/internal/postgres"
	"skein/internal/postgres/pgtest"
	"skein/internal/skein"
)

// typing runs a command line with something on standard input.
func typing(in string, args ...string) (code int, out, errs string) {
	var o, e bytes.Buffer
	code = run(context.Background(), args, &console{in: strings.NewReader(in), out: &o, err: &e})
	return code, o.String(), e.String()
}

func TestUserAddMakesAPersonWithAnAccountAndHats(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	ctx := context.Background()
	if _, err := pool.Exec(ctx, `insert into circle (id, name) values ('c1', 'Leaks')`); err != nil {
		t.Fatal(err)
	}
	url := "--database-url=" + pgtest.URL(t)
	code, out, errs := typing("three unrelated geese\n", "user", "add", "ines@corriemere.example", "--name", "Ines Calder",
		"--hat", "staff", "--hat", "steward:c1", "--hat", "administrator", "--password-stdin", url)
	if code != exitDone || errs != "" || !strings.Contains(out, "ines@corriemere.example signs in") {
		t.Fatalf("%d %q %q", code, out, errs)
	}
	var hats int
	err := pool.QueryRow(ctx, `
		select count(*)
		from hat
		join account on account.person_id = hat.person_id
		join person on person.id = hat.person_id
		where person.name = 'Ines Calder' and account.password_hash like '$argon2id$%'`).Scan(&hats)
	if err != nil || hats != 2 {
		t.Errorf("%d hats, %v", hats, err)
	}
	code, _, errs = typing("three unrelated geese\n", "user", "add", "INES@corriemere.example", "--name", "Ines Again", "--password-stdin", url)
	if code != exitFailed || !strings.Contains(errs, "has this e-mail address") {
		t.Errorf("twice: %d %q", code, errs)
	}
	onePlainLine(t, errs)
	first, err := postgres.New(pool).Door.FirstInvitation(ctx, skein.Itself(time.Now(), time.UTC), []byte("x"))
	if err != nil || first {
		t.Errorf("a first link although somebody has an account: %v", err)
	}
}

func TestUserAddLinksAnImportedPerson(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	ctx := context.Background()
	if _, err := pool.Exec(ctx, `insert into person (id, name) values ('p1', 'Noor Basri')`); err != nil {
		t.Fatal(err)
	}
	url := "--database-url=" + pgtest.URL(t)
	add := []string{"user", "add", "noor@corriemere.example", "--person", "p1", "--password-stdin", url}
	if code, _, errs := typing("noor.basri.12", add...); code != exitFailed || !strings.Contains(errs, "a name that others know") {
		t.Errorf("their own name: %d %q", code, errs)
	}
	if code, _, errs := typing("three unrelated geese", add...); code != exitDone {
		t.Fatalf("%d %q", code, errs)
	}
	var email string
	if err := pool.QueryRow(ctx, `select email from person where id = 'p1'`).Scan(&email); err != nil || email != "noor@corriemere.example" {
		t.Errorf("%q, %v", email, err)
	}
	add[2] = "other@corriemere.example"
	if code, _, errs := typing("three unrelated geese", add...); code != exitFailed || !strings.Contains(errs, "have an account already") {
		t.Errorf("again: %d %q", code, errs)
	}
	add[4] = "nobody"
	if code, _, errs := typing("three unrelated geese", add...); code != exitFailed || !strings.Contains(errs, `no person "nobody"`) {
		t.Errorf("nobody: %d %q", code, errs)
	}
}

func TestUserAddRefusesWhatWillNotDo(t *testing.T) {
	t.Parallel()
	url := "--database-url=" + pgtest.URL(t)
	for name, c := range map[string]struct {
		in   string
		args []string
		code int
		says string
	}{
		"nobody":         {"", []string{"a@b.example"}, exitUsage, "say who it is"},
		"no address":     {"", []string{"ines", "--name", "Ines"}, exitUsage, "not an e-mail address"},
		"no such hat":    {"", []string{"a@b.example", "--name", "Ines", "--hat", "chief"}, exitUsage, "--hat chief"},
		"hat of no team": {"", []string{"a@b.example", "--name", "Ines", "--hat", "steward"}, exitUsage, "--hat steward"},
		"no such team":   {"three unrelated geese\n", []string{"a@b.example", "--name", "Ines", "--hat", "steward:none", "--password-stdin"}, exitFailed, ""},
		"nobody to ask":  {"", []string{"a@b.example", "--name", "Ines"}, exitUsage, "--password-stdin"},
		"no password":    {"", []string{"a@b.example", "--name", "Ines", "--password-stdin"}, exitFailed, "no password"},
		"easy password":  {"Summer2026!!\n", []string{"a@b.example", "--name", "Ines", "--password-stdin"}, exitFailed, "unrelated words"},
		"their name":     {"ines.calder.1\n", []string{"a@b.example", "--name", "Ines Calder", "--password-stdin"}, exitFailed, "a name that others know"},
		"short password": {"short\n", []string{"a@b.example", "--name", "Ines", "--password-stdin"}, exitFailed, "12 characters"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			code, out, errs := typing(c.in, append([]string{"user", "add", url}, c.args...)...)
			if code != c.code || out != "" || !strings.Contains(errs, c.says) {
				t.Errorf("code %d, out %q, err %q", code, out, errs)
			}
			onePlainLine(t, errs)
		})
	}
}

// A password that is made while passwords are switched off opens nothing, and the command says so.
func TestUserAddSaysThatAPasswordOpensNothing(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	if _, err := pool.Exec(t.Context(), `update sign_in_rule set passwords = false`); err != nil {
		t.Fatal(err)
	}
	add := []string{"user", "add", "noor@corriemere.example", "--name=Noor Basri", "--hat=administrator", "--password-stdin", "--database-url=" + pgtest.URL(t)}
	code, out, errs := typing("three unrelated geese\n", add...)
	if code != exitDone || errs != "" || !strings.Contains(out, "but passwords are switched off: this one opens nothing while they are.") || strings.Contains(out, "signs in from now on") {
		t.Errorf("%d %q %q", code, out, errs)
	}
}
