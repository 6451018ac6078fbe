package skein_test

import (
	"testing"

	"skein/internal/skein"
)

func TestARecoveryCodeIsReadAsPeopleTypeIt(t *testing.T) {
	t.Parallel()
	code := skein.RecoveryCode([16]byte{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 31, 32, 63, 255, 128})
	if code != "0123-4567-89az-0zz0" {
		t.Fatal(code)
	}
	for typed, want := range map[string]string{
		code: code, " 0123 4567 89AZ 0ZZ0 ": code, "OI23456789azOzzO": code, "o L23-456789az0zz0": code,
		"": "", "0123": "", code + "0": "", "0123-4567-89az-0zz€": "", "uuuu-uuuu-uuuu-uuuu": "",
	} {
		if got := skein.ReadRecoveryCode(typed); got != want {
			t.Errorf("%q: %q, wanted %q", typed, got, want)
		}
	}
}

func TestAPasskeyHasAName(t *testing.T) {
	t.Parallel()
	long := ""
	for range skein.MaxPasskeyName + 1 {
		long += "é"
	}
	for name, right := range map[string]bool{"My phone": true, long[2:]: true, "": false, long: false, "a\u200bb": false} {
		if err := skein.CheckPasskeyName(name); (err == nil) != right {
			t.Errorf("%q: %v", name, err)
		}
	}
	if skein.KeepPasskey(0) == nil || skein.KeepPasskey(1) != nil {
		t.Error("the last one goes, or another does not")
	}
}
