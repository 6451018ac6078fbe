package skein_test

import (
	"strings"
	"testing"

	"skein/internal/skein"
)

func TestEmailAddresses(t *testing.T) {
	t.Parallel()
	for email, good := range map[string]bool{
		"ines@corriemere.example": true, "i.c+x@a.b.example": true, "": false, "ines": false, "@a.example": false, "ines@": false,
		"ines@example": false, "ines@.example": false, "ines@example.": false, "i nes@a.example": false, "a@b@c.example": false,
		"a@b.example\nBcc: x@y.example": false, strings.Repeat("x", 250) + "@a.example": false,
	} {
		if err := skein.CheckEmail(email); (err == nil) != good {
			t.Errorf("%q: %v", email, err)
		}
	}
}

func TestHats(t *testing.T) {
	t.Parallel()
	for hat, good := range map[skein.Hat]bool{
		{Kind: skein.Steward, Circle: "c"}: true, {Kind: skein.Executive}: true, {Kind: skein.Administrator}: true,
		{Kind: skein.Steward}: false, {Kind: skein.Executive, Circle: "c"}: false, {Kind: skein.Staff}: false, {}: false,
	} {
		if err := hat.Check(); (err == nil) != good {
			t.Errorf("%+v: %v", hat, err)
		}
	}
	if skein.KeepAdministrator(1) != nil || skein.KeepAdministrator(0) == nil {
		t.Error("the last administrator may go")
	}
}

func TestAnOrganisationKnowsWhereItIs(t *testing.T) {
	t.Parallel()
	good := skein.Organisation{Name: "Corriemere Water", CircleWord: "team", TimeZone: "Europe/London"}
	if good.Check() != nil || good.Location().String() != "Europe/London" {
		t.Error("a good organisation is refused")
	}
	bad := skein.Organisation{TimeZone: "Atlantis"}
	if bad.Check() == nil || bad.Location().String() != "UTC" {
		t.Error("an organisation without a name or place is taken")
	}
}
