package mail

import (
	"context"
	"encoding/base64"
	"errors"
	"strings"
	"testing"
	"time"

	"skein/internal/board"
	"skein/internal/chooser"
	"skein/internal/skein"
)

// TestMondaysMailNamesNewLeadsThatSuit: those that opened since the last one, and no mail where nothing else is told
// and none opened.
func TestMondaysMailNamesNewLeadsThatSuit(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	monday := time.Date(2026, 5, 11, 7, 0, 0, 0, time.UTC)
	on := board.New(h.db, chooser.New(h.db))
	fails := error(nil)
	h.post.Suits = func(ctx context.Context, person skein.PersonID, today skein.Date, since time.Time) ([]board.Suggestion, error) {
		if fails != nil {
			return nil, fails
		}
		standings, err := on.Standings(ctx, person, today)
		if err != nil {
			return nil, err
		}
		return standings.New(since), nil
	}
	h.exec(`update person set welcomed_at = $1, read_how_at = $1, hours_per_week = 6 where id = 'ada'`, monday.AddDate(0, 0, -20))
	h.exec(`insert into evidence (person_id, skill_id, kind, level, observed_on) values ('ada', 'valve', 'credential', 4, $1)`, monday.AddDate(0, -1, 0))
	opens := func(id, title string, at time.Time) {
		h.exec(`insert into project (id, title, circle_id, state, trust, hours_per_week) values ($1, $2, 'leaks', 'open', 'weighed', 4)`, id, title)
		h.exec(`insert into phase (project_id, uncertainty, stakes, urgency, expertise, commitment, reach, readiness) values ($1, 'clear', 1, 1, 1, 1, 1, 1)`, id)
		h.exec(`insert into requirement (phase_id, skill_id, importance, level) select id, 'valve', 5, 2 from phase where project_id = $1`, id)
		h.exec(`insert into claim_window (project_id, phase_id, opened_at, closes_at, seed) select $1, id, $2, $3, 'seed' from phase where project_id = $1`,
			id, at, monday.AddDate(0, 0, 30))
	}
	opens("register", "Stop Tap Register", monday.AddDate(0, 0, -3))
	opens("older", "An Older One", monday.AddDate(0, 0, -9))
	if went := h.minutes(monday, monday.Add(time.Minute), time.Minute); strings.Join(went, ", ") != "ada Mon 07:00" {
		t.Fatalf("%v", went)
	}
	text, _, _ := strings.Cut(decoded(t, h.sink.bodies[0]), "<!")
	for _, want := range []string{"One new lead could be yours", "COULD BE YOURS", "Stop Tap Register", "4 hours", base + "/projects/register"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if strings.Contains(text, "An Older One") {
		t.Error(text)
	}
	week := monday.AddDate(0, 0, 7)
	t.Run("nothing new", func(t *testing.T) {
		if went := h.minutes(week, week.Add(time.Minute), time.Minute); len(went) != 0 {
			t.Errorf("%v", went)
		}
		h.is("3", `select count(*) from mail where dropped = 'nothing' and week = '2026-05-18'`)
	})
	t.Run("the engine does not answer", func(t *testing.T) {
		fails = errors.New("no")
		h.now = week.AddDate(0, 0, 7)
		h.must(h.db.Mail.Weeks(t.Context(), h.now))
		if failed := h.deliver(); failed != 1 { // it waits: the two others were never asked what they can do
			t.Errorf("%d wait", failed)
		}
	})
}

// TestAnOffersMailBringsItsDate: until when it is answered, for a calendar.
func TestAnOffersMailBringsItsDate(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.tell(h.offer("ada", "sensors"))
	h.exec(`insert into ask (person_id, asked_of, skill_id, asked_at, answer_by) values ('cyd', 'ben', 'write', $1, $2)`, h.now, h.now.Add(100*time.Hour))
	h.deliver()
	body := h.sink.bodies[0]
	for _, want := range []string{"text/calendar; method=PUBLISH", `filename="skein.ics"`} {
		if !strings.Contains(body, want) {
			t.Errorf("no %q in\n%s", want, body)
		}
	}
	_, attached, _ := strings.Cut(body, `filename="skein.ics"`)
	if attached = unfolded(t, attached); !strings.Contains(attached, "DTEND:"+h.now.Add(48*time.Hour).UTC().Format("20060102T150405Z")) || !strings.Contains(attached, "METHOD:PUBLISH") {
		t.Error(attached)
	}
}

// unfolded is what an attachment says that was sent in base64.
func unfolded(t *testing.T, part string) string {
	t.Helper()
	_, body, _ := strings.Cut(part, "\r\n\r\n")
	body, _, _ = strings.Cut(body, "\r\n--")
	plain, err := base64.StdEncoding.DecodeString(strings.NewReplacer("\r\n", "", "\n", "").Replace(body))
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(plain), "\r\n ", "")
}
