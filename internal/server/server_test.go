package server

import (
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"skein/web/path"
)

func TestHealthAnswersWithoutADatabaseAndReadinessDoesNot(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	h.anonymous().get("/healthz").is(http.StatusOK)
	h.anonymous().get("/readyz").is(http.StatusOK)
	h.pool.Close()
	h.anonymous().get("/healthz").is(http.StatusOK)
	h.anonymous().get("/readyz").is(http.StatusServiceUnavailable).silent("closed")
}

// The age of the last tick is told to whoever watches, and to executives; nothing fails for it.
func TestClocksThatStandStillAreSaid(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	judith := h.as(h.person("Judith Orme", executive))
	watch := func() readiness {
		t.Helper()
		a := h.anonymous().get(path.Ready).is(http.StatusOK)
		var says readiness
		if err := json.Unmarshal([]byte(a.body), &says); err != nil || !says.Ready {
			t.Fatalf("%s: %v", a.body, err)
		}
		return says
	}
	h.exec(`update clock set last_tick_at = null`)
	if age := watch().LastTick; age != nil {
		t.Errorf("never ticked, %v seconds ago", *age)
	}
	judith.get(path.Admin).is(http.StatusOK).has(0, ".refusal")
	h.exec(`update clock set last_tick_at = clock_timestamp() - interval '100 seconds'`)
	if age := watch().LastTick; age == nil || *age < 100 || *age > 1000 {
		t.Errorf("100 seconds ago: %v", age)
	}
	h.exec(`update clock set last_tick_at = clock_timestamp() - interval '30 seconds'`)
	judith.get(path.Admin).has(0, ".refusal")
	for stood, says := range map[string]string{"5 minutes": "for 5 minutes:", "150 minutes": "for 2 hours:", "72 hours": "for three days:"} {
		h.exec(`update clock set last_tick_at = clock_timestamp() - $1::interval`, stood)
		judith.get(path.Admin).is(http.StatusOK).says(".refusal", "Nothing has happened by the clock "+says)
	}
	watch()
	judith.maxRoundTrips(4, path.Admin)
	h.breaks("clock")
	watch()
}

func TestAnUnknownAddressIsAPage(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	h.anonymous().get("/nowhere").is(http.StatusNotFound).says("h1", "nothing here")
	h.as(h.person("Ines Calder")).get("/nowhere").is(http.StatusNotFound)
	h.anonymous().get("/nowhere?q=%00").is(http.StatusBadRequest)
	h.anonymous().get("/%ff").is(http.StatusBadRequest)
}

func TestABrokenDatabaseIsSaidWithoutDetail(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	ines := h.as(h.person("Ines Calder"))
	h.breaks("account")
	ines.get("/nowhere").is(http.StatusInternalServerError).silent("account").says("h1", "broke")
	h.pool.Close()
	gone := ines.get("/nowhere").is(http.StatusServiceUnavailable).silent("closed")
	if gone.Response.Header.Get("Retry-After") == "" {
		t.Error("503 does not say when to come back")
	}
}

func TestASessionRunsOut(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	ines := h.as(h.person("Ines Calder"))
	h.later(30 * time.Hour)
	ines.get("/nowhere")
	if len(ines.cookies) != 1 {
		t.Fatal("a session in use was ended")
	}
	h.later(30 * time.Hour)
	ines.get("/nowhere")
	if len(ines.cookies) != 1 {
		t.Fatal("a session in use was ended: its use was not noted")
	}
	h.later(37 * time.Hour)
	ines.get("/nowhere")
	if len(ines.cookies) != 0 {
		t.Fatal("an idle session lives on")
	}
}
