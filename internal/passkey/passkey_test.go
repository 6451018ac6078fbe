package passkey_test

import (
	"errors"
	"testing"

	"skein/internal/passkey"
	"skein/internal/passkey/passkeytest"
	"skein/internal/skein"
)

const origin = "https://skein.corriemere.example"

func door(t *testing.T, base string) *passkey.Door {
	t.Helper()
	d, why := passkey.At(base)
	if why != "" {
		t.Fatalf("%s: %s", base, why)
	}
	return d
}

// made is a passkey as it is kept, and itself.
func made(t *testing.T, d *passkey.Door) (skein.Passkey, *passkeytest.Key) {
	t.Helper()
	asked, err := d.AskNew([]byte("0123456789abcdef"), "noor@corriemere.example", "Noor Basri", nil)
	if err != nil {
		t.Fatal(err)
	}
	itself := passkeytest.New(t, origin, "skein.corriemere.example")
	key, err := d.New(asked.Kept, itself.Make(asked.Options))
	if err != nil {
		t.Fatal(err)
	}
	return key, itself
}

func TestAPasskeyAnswersOnceAndOnlyHere(t *testing.T) {
	t.Parallel()
	d := door(t, "https://Skein.corriemere.example:443/")
	key, itself := made(t, d)
	other, stranger := made(t, d)
	ask := func() passkey.Asked {
		asked, err := d.Ask([]skein.Passkey{key})
		if err != nil {
			t.Fatal(err)
		}
		return asked
	}
	doubt := func(what string, err error) {
		t.Helper()
		if !errors.Is(err, passkey.ErrDoubted) {
			t.Errorf("%s: %v", what, err)
		}
	}
	first := ask()
	answer := itself.Sign(first.Options)
	kept, copied, err := d.Check(first.Kept, answer, []skein.Passkey{key})
	if err != nil || copied || kept.Count != 1 {
		t.Fatalf("%+v, %v, %v", kept, copied, err)
	}
	second := ask()
	_, _, err = d.Check(second.Kept, answer, []skein.Passkey{kept})
	doubt("an answer to another question", err)
	_, copied, err = d.Check(first.Kept, answer, []skein.Passkey{kept})
	if err != nil || !copied {
		t.Errorf("a count that stood still: %v, %v", copied, err)
	}
	_, _, err = d.Check(second.Kept, stranger.Sign(second.Options), []skein.Passkey{kept})
	doubt("somebody else's", err)
	_, _, err = d.Check(second.Kept, stranger.Sign(second.Options), []skein.Passkey{kept, other})
	doubt("one that was not asked for", err)
	stranger.ID, stranger.Handle = key.Credential, key.Handle
	_, _, err = d.Check(second.Kept, stranger.Sign(second.Options), []skein.Passkey{kept})
	doubt("one that takes another's name", err)
	itself.Origin = "https://skein.corriemere.example.evil.example"
	_, _, err = d.Check(second.Kept, itself.Sign(second.Options), []skein.Passkey{kept})
	doubt("another site", err)
	itself.Origin, itself.Host = origin, "evil.example"
	_, _, err = d.Check(second.Kept, itself.Sign(second.Options), []skein.Passkey{kept})
	doubt("another name", err)
	_, _, err = d.Check(second.Kept, "{}", []skein.Passkey{kept})
	doubt("nothing", err)
	_, err = d.New(second.Kept, itself.Sign(second.Options))
	doubt("an answer to what was not asked", err)
}

func TestWhereThereCanBeNone(t *testing.T) {
	t.Parallel()
	for base, want := range map[string]passkey.Impossible{
		"https://skein.corriemere.example":      "",
		"https://skein.corriemere.example:8443": "",
		"http://localhost:8080":                 "",
		"https://localhost":                     "",
		"http://127.0.0.1:8080":                 passkey.ByAddress,
		"https://192.0.2.7":                     passkey.ByAddress,
		"https://[2001:db8::7]:8443":            passkey.ByAddress,
		"http://skein.corriemere.example":       passkey.ByPlain,
		"https://skéin.example":                 passkey.ByLetters,
		"":                                      passkey.ByNothing,
	} {
		if d, why := passkey.At(base); why != want || (d == nil) != (want != "") {
			t.Errorf("%s: %q, wanted %q", base, why, want)
		}
	}
}
