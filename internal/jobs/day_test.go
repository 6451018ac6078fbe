package jobs_test

import (
	"testing"
	"time"
)

// TestTheClockActsOnTheOrganisationsDay: an hour before midnight UTC it is tomorrow in Auckland, where
// a lead that begins begins tomorrow, and one whose last day is today has ended.
func TestTheClockActsOnTheOrganisationsDay(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.exec(`update organisation set zone = 'Pacific/Auckland'`)
	h.exec(`update project set trust = 'open'`)
	ines := h.person("ines", 4)
	h.window(0)
	h.now = h.now.Add(14 * time.Hour) // 11 May, 23:00 UTC
	h.must(h.claim(ines))
	h.later(24 * time.Hour)
	h.is("ines live", leadState)
	h.is("2026-05-13", `select lower(during) from term`)
	h.exec(`update term set ends_on = '2026-05-13'`)
	h.later(12 * time.Hour) // 13 May, 23:00 in Auckland
	h.is("ines live", leadState)
	h.later(time.Hour)
	h.is("ines ended", leadState)
	h.is("2026-05-14", `select upper(during) - 1 from term`)
}
