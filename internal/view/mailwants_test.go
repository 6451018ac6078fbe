package view

import (
	"strings"
	"testing"
	"time"

	maildb "skein/internal/postgres/mail"
	"skein/internal/skein"
)

// A copy does not blame the mail server, and a refused address still gets the mails by which its person comes in.
func TestWhatSettingsSayOfMail(t *testing.T) {
	t.Parallel()
	here, restored := Viewer{}, Viewer{Org: skein.Organisation{Restored: time.Unix(1, 0)}}
	refused := maildb.Wants{Email: "ada@x.example", Refused: "no such user", Sending: true}
	for name, c := range map[string]struct {
		v    Viewer
		w    maildb.Wants
		want string
	}{
		"a copy":         {restored, maildb.Wants{}, "This is a copy and sends none until an administrator says that it runs now."},
		"no mail server": {here, maildb.Wants{}, "has named no mail server"},
		"refused":        {here, refused, "Nothing but mail about how you sign in is sent there for a week"},
	} {
		if d := MailWants(c.v, c.w); !strings.Contains(d.Says+d.Refused, c.want) {
			t.Errorf("%s: %q, %q", name, d.Says, d.Refused)
		}
	}
}
