package mail

import (
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
	"skein/web/path"
)

// What became of somebody's passkeys and codes is told in the same words in both forms of the mail, with one act; no
// mail holds a code, and none can be switched off.
func TestMailsOfTheSecondStepSayWhatBecameOfIt(t *testing.T) {
	t.Parallel()
	for kind, c := range map[core.DoorKind]struct{ title, says string }{
		core.DoorKeyAdded:   {"A passkey was added", "Whoever signs in with your password is asked for one of your passkeys as well."},
		core.DoorKeyRemoved: {"A passkey was removed", "It opens nothing any more. Everywhere else you are signed out."},
		core.DoorKeyCopied:  {"A passkey may be there twice", "Nobody came in by it this time, and it opens nothing any more. See where you are signed in, end what is not yours, and remove it."},
		core.DoorCodeUsed:   {"A recovery code was used", "It did for a passkey, and works no more. Make new ones when few are left."},
		core.DoorCodesMade:  {"You have new recovery codes", "Those before open nothing any more."},
		core.DoorSecondOff:  {"Your second step was taken away", "Skein’s operator removed your passkeys and recovery codes, and signed you out. Sign in with what you have, and add a passkey again."},
	} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			h.exec(`update account set mail_at_once = false, mail_weekly = false where person_id = 'ada'`)
			h.must(pgx.BeginFunc(t.Context(), h.pool, func(tx pgx.Tx) error {
				return core.QueueDoorMail(t.Context(), tx, skein.By{Person: "ada", At: h.now}, core.DoorMail{Person: "ada", Kind: kind})
			}))
			h.deliver()
			if h.sink.count() != 1 || h.sink.to[0] != "ada@water.example" {
				t.Fatalf("%v", h.sink.to)
			}
			m := h.sink.took[0]
			if got := m.Header.Get("Subject"); got != c.title || m.Header.Get("List-Unsubscribe") != "" {
				t.Errorf("%q, %q", got, m.Header.Get("List-Unsubscribe"))
			}
			text, html, is := strings.Cut(decoded(t, h.sink.bodies[0]), "<!")
			if !is {
				t.Fatal("it has one form alone")
			}
			text = strings.Join(strings.Fields(text), " ")
			html = strings.Join(strings.Fields(strings.ReplaceAll(html, "&#39;", "’")), " ")
			for form, said := range map[string]string{"text": text, "HTML": html} {
				for _, want := range []string{c.title, c.says, "If this was not you, or nobody told you, ask an administrator at once.", "See how you sign in", base + path.SettingsSignIn} {
					if !strings.Contains(said, want) {
						t.Errorf("no %q in the %s:\n%s", want, form, said)
					}
				}
			}
		})
	}
}
