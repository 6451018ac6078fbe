package server

import (
	"net/http"
	"testing"
	"time"
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
