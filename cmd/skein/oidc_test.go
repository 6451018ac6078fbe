package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"skein/internal/postgres/pgtest"
)

func TestServeSaysWhatIsWrongWithTheProvider(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ args, says string }{
		"no address": {"--oidc-issuer login.example.org --oidc-client-id skein", "SKEIN_OIDC_ISSUER must be the provider's address"},
		"no TLS":     {"--oidc-issuer http://login.example.org --oidc-client-id skein", "must begin with https://"},
		"no name":    {"--oidc-issuer https://login.example.org", "SKEIN_OIDC_CLIENT_ID is missing"},
	} {
		code, _, errs := runs(t, append([]string{"serve"}, strings.Fields(c.args)...)...)
		if code != exitUsage || !strings.Contains(errs, c.says) {
			t.Errorf("%s: %d %q", name, code, errs)
		}
	}
}

// The provider is down: the server starts anyway, the door says so, and a password's form is there.
func TestServeStartsWithoutTheProvider(t *testing.T) {
	t.Parallel()
	where := "--database-url=" + pgtest.URL(t)
	if code, _, errs := typing("four unrelated words do well\n", "user", "add", "ada@x.example", "--name", "Ada Reed", "--hat", "administrator", "--password-stdin", where); code != exitDone {
		t.Fatal(errs)
	}
	url, _, stop := serving(t, where, "--oidc-issuer=http://127.0.0.1:1", "--oidc-client-id=skein")
	eventually(t, "the door says so", func() bool {
		code, body := status(t, url+"/sign-in")
		return code == 200 && strings.Contains(body, "cannot be reached just now") && strings.Contains(body, `name="password"`)
	})
	if code, errs := stop(); code != exitDone || !strings.Contains(errs, "the organisation's sign-in cannot be reached") {
		t.Errorf("%d: %s", code, errs)
	}
}

// Any variable may name a file in its place; what is given by itself comes first. The environment is the process's, so
// this does not run beside others.
func TestAVariableMayNameAFile(t *testing.T) {
	file := func(text string) string {
		name := filepath.Join(t.TempDir(), "value")
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}
	for name, c := range map[string]struct {
		set  map[string]string
		args []string
		says string
	}{
		"read":           {map[string]string{"SKEIN_OIDC_ISSUER_FILE": file("http://login.example.org\n")}, nil, "must begin with https://"},
		"mail's":         {map[string]string{"SKEIN_SMTP_URL_FILE": file("gopher://x")}, nil, "smtp"},
		"empty":          {map[string]string{"SKEIN_OIDC_ISSUER_FILE": file(" \n")}, nil, "SKEIN_OIDC_ISSUER_FILE is empty"},
		"none":           {map[string]string{"SKEIN_OIDC_ISSUER_FILE": "/nowhere/at/all"}, nil, "SKEIN_OIDC_ISSUER_FILE cannot be read"},
		"variable first": {map[string]string{"SKEIN_OIDC_ISSUER_FILE": file("http://login.example.org"), "SKEIN_OIDC_ISSUER": "nothing"}, nil, "must be the provider's address"},
		"flag first":     {map[string]string{"SKEIN_OIDC_ISSUER_FILE": "/nowhere/at/all"}, []string{"--oidc-issuer=nothing"}, "must be the provider's address"},
	} {
		t.Run(name, func(t *testing.T) {
			for key, value := range c.set {
				t.Setenv(key, value)
			}
			code, _, errs := runs(t, append([]string{"serve", "--addr=127.0.0.1:0"}, c.args...)...)
			if code != exitUsage || !strings.Contains(errs, c.says) {
				t.Errorf("%d %q", code, errs)
			}
		})
	}
}
