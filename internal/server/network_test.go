package server

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/go-chi/chi/v5/middleware"

	"skein/internal/skein"
)

func TestOneNetworkDoesNotTryTheWholeDirectory(t *testing.T) {
	t.Parallel()
	h := newTest(t, behind)
	h.password(h.person("Ines Calder"), secret)
	known := h.anonymous()
	known.signIn(inesEmail, secret).is(http.StatusSeeOther)
	for i := range skein.NetworkTries {
		h.anonymous().signInFrom(fmt.Sprintf("203.0.113.%d", i), fmt.Sprintf("a%d@corriemere.example", i), "wrong wrong wrong").is(http.StatusUnprocessableEntity)
	}
	if wait := h.anonymous().signInFrom("203.0.113.200", "b@corriemere.example", "wrong wrong wrong").is(http.StatusTooManyRequests).retryAfter(); wait != 15 {
		t.Errorf("waits %d s", wait)
	}
	h.anonymous().signInFrom("203.0.114.1", "c@corriemere.example", "wrong wrong wrong").is(http.StatusUnprocessableEntity)
	known.signInFrom("203.0.113.200", inesEmail, secret).is(http.StatusSeeOther)
	h.later(15 * time.Second)
	h.anonymous().signInFrom("203.0.113.200", "b@corriemere.example", "wrong wrong wrong").is(http.StatusUnprocessableEntity)
	// Whoever comes in takes nothing from the others of their network.
	h.later(skein.NetworkSpan)
	for i := range 2 {
		h.password(h.person(fmt.Sprint("Teo ", i)), secret)
	}
	for i := range skein.NetworkTries + 10 {
		h.anonymous().signInFrom(fmt.Sprintf("203.0.113.%d", i), fmt.Sprintf("teo.%d@corriemere.example", i%2), secret).is(http.StatusSeeOther)
	}
}

func TestRefusedSignInsAreToldByNetworkAndHash(t *testing.T) {
	t.Parallel()
	h := newTest(t, behind)
	ines := h.person("Ines Calder")
	h.password(ines, secret)
	for range 2 {
		h.anonymous().signInFrom("203.0.113.77", inesEmail, "not her password")
		h.anonymous().signInFrom("2001:db8:1:2::77", "nobody@corriemere.example", "not a password")
	}
	for _, want := range []string{"network=203.0.113.0/24", "network=2001:db8:1::/48", `reason="not right"`, `reason="too soon"`} {
		if n := strings.Count(h.log.String(), want); n != 2 {
			t.Errorf("%d of %s in the log, want 2\n%s", n, want, h.log)
		}
	}
	for _, word := range []string{"ines.calder", "nobody", "not her", "203.0.113.77", "::77"} {
		if strings.Contains(h.log.String(), word) {
			t.Errorf("the log says %q", word)
		}
	}
	rows := h.text(`
		select string_agg(network || ' ' || coalesce(person_id, 'nobody') || ' ' || heard || ' ' || unheard, ', ' order by network)
		from sign_in_refused`)
	if want := "2001:db8:1::/48 nobody 1 1, 203.0.113.0/24 ines-calder 1 1"; rows != want {
		t.Errorf("kept: %s\nwant: %s", rows, want)
	}
	for i := range 5 { // whoever makes names up fills no table
		h.anonymous().signInFrom("2001:db8:1:2::77", fmt.Sprintf("nobody%d@corriemere.example", i), "not a password")
	}
	if n := h.count(`select count(*) from sign_in_refused where person_id is null`); n != 1 {
		t.Errorf("%d rows of names that are no account's", n)
	}
	hash := h.text(`select encode(account_hash, 'hex') from sign_in_refused where person_id = $1`, ines)
	if !strings.Contains(h.log.String(), "account="+hash) {
		t.Error("the log and the table do not name it alike")
	}
	other := newTest(t)
	if string(other.server.tally("account", inesEmail)) == string(h.server.tally("account", inesEmail)) {
		t.Error("the hash needs no secret")
	}
}

func TestNetworks(t *testing.T) {
	t.Parallel()
	for from, want := range map[string]string{
		"203.0.113.7:80": "203.0.113.0/24", "[2001:db8:1:2::7]:80": "2001:db8:1::/48", "[::ffff:203.0.113.7]:80": "203.0.113.0/24", "nowhere": "",
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = from
		var got string
		middleware.ClientIPFromRemoteAddr(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got = network(r) })).ServeHTTP(httptest.NewRecorder(), r)
		if got != want {
			t.Errorf("%s: %q, want %q", from, got, want)
		}
	}
}
