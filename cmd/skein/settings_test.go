package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"skein/internal/postgres"
	"skein/internal/postgres/pgtest"
)

// Who sets variables knows no flags: what is wrong with one is said by its own name.
func TestASettingIsNamedAsItWasSet(t *testing.T) {
	t.Parallel()
	for set, says := range map[string]string{
		"SKEIN_BASE_URL=skein.example.org":  "SKEIN_BASE_URL must be like https://",
		"SKEIN_ADDR=8080":                   "SKEIN_ADDR must be HOST:PORT",
		"SKEIN_TRUSTED_PROXY=nginx":         "SKEIN_TRUSTED_PROXY must be a network",
		"SKEIN_DB_CONNS=2":                  "SKEIN_DB_CONNS must be",
		"SKEIN_DB_CONNS=many":               "SKEIN_DB_CONNS: expected",
		"SKEIN_DRAIN=5":                     "SKEIN_DRAIN: expected",
		"SKEIN_LOG_LEVEL=loud":              "SKEIN_LOG_LEVEL must be one of",
		"SKEIN_METRICS_ADDR=9100":           "SKEIN_METRICS_ADDR must be HOST:PORT",
		"SKEIN_SMTP_URL_FILE=/nowhere/here": "SKEIN_SMTP_URL_FILE cannot be read",
		"SKEIN_OIDC_CLIENT_ID=skein":        "SKEIN_OIDC_ISSUER is missing",
		"SKEIN_OWNER_DATABASE_URL=any":      "SKEIN_OWNER_DATABASE_URL goes with DATABASE_URL, which is not given",
	} {
		t.Run(set, func(t *testing.T) {
			t.Parallel()
			args := []string{"serve", "--addr=127.0.0.1:0"}
			if strings.HasPrefix(set, "SKEIN_ADDR=") {
				args = args[:1]
			}
			p := starts(t, []string{set}, args...)
			code := p.ends(t, false)
			if errs := p.errs.String(); code != exitUsage || !strings.Contains(errs, says) {
				t.Errorf("%d %q", code, errs)
			}
			onePlainLine(t, p.errs.String())
		})
	}
}

func TestTheAddressThatLeadsNowhereIsNamed(t *testing.T) {
	t.Parallel()
	here, nowhere := pgtest.URL(t), "postgres://localhost:1/none?connect_timeout=2"
	for name, cfg := range map[string]*config{
		"DATABASE_URL":              {DatabaseURL: nowhere},
		"SKEIN_DIRECT_DATABASE_URL": {DatabaseURL: here, DirectURL: nowhere},
		"SKEIN_OWNER_DATABASE_URL":  {DatabaseURL: here, OwnerURL: nowhere},
	} {
		if _, err := openAs(t, cfg, toServe); err == nil || !strings.HasPrefix(err.Error(), name+": ") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// An owner's address of another database leaves that one as it is.
func TestAnotherDatabaseIsNotFilled(t *testing.T) {
	t.Parallel()
	other := pgtest.Empty(t)
	_, err := openAs(t, &config{DatabaseURL: pgtest.URL(t), OwnerURL: other}, toServe)
	if err == nil || !strings.Contains(err.Error(), "lead to different databases") {
		t.Errorf("%v", err)
	}
	db, err := openAs(t, &config{DatabaseURL: other}, toCopy)
	if err != nil {
		t.Fatal(err)
	}
	if status, err := postgres.MigrateStatus(t.Context(), db.pool); err != nil || status.Version != 0 {
		t.Errorf("step %d, %v", status.Version, err)
	}
}

func TestAMistypedSettingIsTold(t *testing.T) {
	t.Parallel()
	parser := kong.Must(&commands{}, kong.Vars{"usual_conns": "", "other_conns": ""})
	got := unknown(flagsOf(parser.Model.Node), []string{
		"SKEIN_ADDR=x", "SKEIN_SECRET_FILE=x", "SKEIN_SMTP_URL_FILE=x", "SKEIN_ADRR=x", "SKEIN_MAIL_FORM=x", "PATH=/bin", "SKEIN_TEST_PG=15",
	})
	if !slices.Equal(got, []string{"SKEIN_ADRR", "SKEIN_MAIL_FORM"}) {
		t.Error(got)
	}
	p := starts(t, []string{"SKEIN_ADRR=x"}, "serve", "--addr=127.0.0.1:0", "--database-url=postgres://localhost:1/none?connect_timeout=2")
	if p.ends(t, false); !strings.HasPrefix(p.errs.String(), "skein: SKEIN_ADRR is set, and Skein has no such setting\n") {
		t.Errorf("%q", p.errs.String())
	}
}
