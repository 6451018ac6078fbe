package server

import (
	"encoding/base64"
	"fmt"
	"math"
	"net/http"
	"strings"
	"testing"
	"time"

	"skein/web/path"
)

func TestWhatIsSealedOpensWithItsSecretAlone(t *testing.T) {
	t.Parallel()
	secret := NewSecret()
	sealOf := func(secret []byte, purpose string) seal {
		t.Helper()
		s, err := newSeal(secret, purpose)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	here, there := sealOf(secret, "log"), sealOf(secret, "log")
	for _, n := range []int64{0, 1, 41, math.MaxInt64, -7} {
		closed := here.close(n)
		if got, ok := there.open(closed); !ok || got != n {
			t.Errorf("another server reads %d as %d, %v", n, got, ok)
		}
		if len(closed) != len(here.close(1)) || closed == here.close(n) {
			t.Errorf("%d is told by how it looks: %s", n, closed)
		}
		for name, other := range map[string]seal{"another secret": sealOf(NewSecret(), "log"), "another purpose": sealOf(secret, "link")} {
			if _, ok := other.open(closed); ok {
				t.Errorf("%s opens it", name)
			}
		}
		bits, _ := base64.RawURLEncoding.DecodeString(closed)
		for i := range bits {
			bits[i] ^= 1
			if _, ok := here.open(base64.RawURLEncoding.EncodeToString(bits)); ok {
				t.Errorf("it opens with byte %d changed", i)
			}
			bits[i] ^= 1
		}
	}
	for _, forged := range []string{"", "41", "????", "AAAA", strings.Repeat("A", 48)} {
		if _, ok := here.open(forged); ok {
			t.Errorf("%q opens", forged)
		}
	}
}

// The number of a row of the log counts what is sealed between two: no page and no file tells it, and
// two servers with one secret read each other's places.
func TestTheLogTellsNoNumberOfARow(t *testing.T) {
	t.Parallel()
	secret := NewSecret()
	h := newTest(t, func(c *Config) { c.Secret = secret })
	owen := h.as(h.person("Owen Pell", administrator))
	h.owns(`alter table audit_event alter column id restart with 7340001`)
	for i := range 2*auditPage + 3 {
		h.happened(wall.Add(time.Duration(i)*time.Minute), "owen-pell", "hat.give", "person", fmt.Sprint("p", i), "")
		h.happened(wall, "teo", "claim.submit", "claim", "c", "")
	}
	rows, at, places := 0, path.AdminAudit+"?action=hat", []string{}
	for at != "" {
		page := owen.get(at).is(http.StatusOK).silent("734", "NzM0")
		rows += page.Find("section time").Length()
		if at, _ = page.Find("a[rel=next]").Attr("href"); at != "" {
			places = append(places, at)
		}
	}
	if rows != 2*auditPage+3 || len(places) != 2 || len(places[0]) != len(places[1]) {
		t.Errorf("%d rows; places %q", rows, places)
	}
	owen.get(path.AdminAuditExport).is(http.StatusOK).silent("734")
	for _, forged := range []string{"7340050", "abc", "AAAA", strings.TrimSuffix(places[0], places[0][len(places[0])-1:])[len(path.AdminAudit)+len("?action=hat&before="):]} {
		owen.get(path.AdminAudit+"?before="+forged).is(http.StatusBadRequest).says("main", "newest")
	}
	// another server with the same secret, and one with another
	for _, c := range []struct {
		secret []byte
		status int
	}{{secret, http.StatusOK}, {NewSecret(), http.StatusBadRequest}} {
		h.server.Secret = c.secret
		h.server.cursors = cursorsOf(c.secret)
		owen.get(places[0]).is(c.status)
	}
}
