package mail

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"skein/internal/skein"
)

// told are a few things that are told on Monday.
func (h *house) told(at time.Time) {
	h.Helper()
	now := h.now
	h.now = at
	for _, to := range []skein.PersonID{"ada", "ben", "cyd"} {
		h.tell(
			skein.Notice{To: to, Kind: skein.NoticeLed, Project: "desk", Who: "cyd", About: "led:" + at.String()},
			skein.Notice{To: to, Kind: skein.NoticeEnding, Project: "desk", On: skein.Day(at.AddDate(0, 0, 20)), About: "ending:" + at.String()},
			skein.Notice{To: to, Kind: skein.NoticeEndorsed, Who: "ben", Skill: "valve", Level: 3, About: "endorsed:" + at.String()},
		)
	}
	h.now = now
}

// minutes passes time, minute by minute, as the clock does, and delivers; it returns to whom mail went and when.
func (h *house) minutes(from, to time.Time, step time.Duration) (went []string) {
	h.Helper()
	for h.now = from; h.now.Before(to); h.now = h.now.Add(step) {
		h.must(h.db.Mail.Weeks(h.Context(), h.now))
		before := h.sink.count()
		h.deliver()
		for _, to := range h.sink.to[before:] {
			went = append(went, strings.TrimSuffix(to, "@water.example")+" "+h.now.UTC().Format("Mon 15:04"))
		}
		h.exec(`delete from river_job`)
	}
	return went
}

func TestMondaysMailComesAtSevenWhereverSomebodyIs(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		monday string
		want   string
	}{
		"winter":                    {"2026-02-02", "cyd Sun 18:00, ben Mon 07:00, ada Mon 12:00"},
		"the clocks went forward":   {"2026-03-09", "cyd Sun 18:00, ben Mon 07:00, ada Mon 11:00"}, // New York, the day before
		"the clocks went back":      {"2026-11-02", "cyd Sun 18:00, ben Mon 07:00, ada Mon 12:00"}, // New York, the day before
		"and back in New Zealand":   {"2026-04-06", "cyd Sun 19:00, ben Mon 06:00, ada Mon 11:00"}, // Auckland, the day before
		"and both, in London's own": {"2026-10-26", "cyd Sun 18:00, ben Mon 07:00, ada Mon 11:00"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			h.exec(`update organisation set zone = 'Europe/London'`)
			h.exec(`update person set time_zone = case id when 'ada' then 'America/New_York' when 'cyd' then 'Pacific/Auckland' end`)
			monday, err := time.Parse(time.DateOnly, c.monday)
			h.must(err)
			h.told(monday.AddDate(0, 0, -3))
			went := h.minutes(monday.Add(-24*time.Hour), monday.Add(48*time.Hour), 30*time.Minute)
			if got := strings.Join(went, ", "); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

func TestMondaysMailSaysWhatMovedProjectByProject(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	monday := time.Date(2026, 5, 11, 7, 0, 0, 0, time.UTC)
	h.told(monday.Add(-time.Hour))
	h.tell(skein.Notice{To: "ada", Kind: skein.NoticeLed, Project: "night", Who: "ben", About: "seen"})
	h.exec(`update notice set seen_at = made_at where about = 'seen'`)
	h.exec(`insert into ask (person_id, asked_of, skill_id, asked_at, answer_by) values ('cyd', 'ada', 'write', $1, $2)`, h.now, h.now.Add(100*time.Hour))
	h.minutes(monday, monday.Add(time.Minute), time.Minute)
	if h.sink.count() != 3 {
		t.Fatalf("%d mails", h.sink.count())
	}
	for i, to := range h.sink.to {
		said := decoded(t, h.sink.bodies[i])
		text, _, _ := strings.Cut(said, "<!")
		if strings.Count(text, "Drought Desk\nCyd Will leads Drought Desk now. You lead Drought Desk until 31 May.") != 1 &&
			strings.Count(text, "Drought Desk\nYou lead Drought Desk until 31 May. Hand it over, or let it come to its end. Cyd Will leads Drought Desk now.") != 1 {
			t.Errorf("%s is not told of the one project in one:\n%s", to, text)
		}
		if !strings.Contains(text, "Ben Moss spoke for you: valve data") || !strings.Contains(text, "Monday 11 May.") || strings.Contains(text, "Night Pressure") {
			t.Error(text)
		}
		if to == "ada@water.example" != strings.Contains(text, "Cyd Will asks what you can say about plain writing") {
			t.Errorf("%s: %s", to, text)
		}
		if person, which, ok := h.post.Stops.Read(strings.TrimSuffix(strings.TrimPrefix(h.sink.took[i].Header.Get("List-Unsubscribe"), "<"+base+"/mail/stop/"), ">")); !ok || which != Weekly || h.whose(person)+"@water.example" != to {
			t.Errorf("%s ends %s %s", to, person, which)
		}
	}
	// What was told once is not told again a week later, and nothing is no mail.
	h.exec(`update ask set answered_at = $1`, h.now)
	if went := h.minutes(monday.AddDate(0, 0, 7), monday.AddDate(0, 0, 7).Add(time.Minute), time.Minute); len(went) != 0 {
		t.Errorf("%v", went)
	}
	h.is("3", `select count(*) from mail where dropped = 'nothing'`)
}

func TestMondaysMailIsADayLateAtMost(t *testing.T) {
	t.Parallel()
	monday := time.Date(2026, 5, 11, 7, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		down time.Duration // this long no server ran
		want int
	}{"for some hours": {23 * time.Hour, 3}, "for a day": {24 * time.Hour, 0}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			h.told(monday.Add(-time.Hour))
			h.minutes(monday.Add(c.down), monday.Add(c.down+time.Minute), time.Minute)
			if h.sink.count() != c.want {
				t.Errorf("%d mails", h.sink.count())
			}
		})
	}
	t.Run("the mail server did not take it", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		h.told(monday.Add(-time.Hour))
		h.sink.data = func() error { return errors.New("not now") }
		h.now = monday
		h.must(h.db.Mail.Weeks(t.Context(), h.now))
		if failed := h.deliver(); failed != 3 {
			t.Errorf("%d wait", failed)
		}
		h.sink.data = nil
		h.now = monday.Add(25 * time.Hour)
		h.deliver()
		h.is("3", `select count(*) from mail where dropped = 'late'`)
	})
}

func TestWhoeverWantsNoneOrNeverCameInGetsNoMondaysMail(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	monday := time.Date(2026, 5, 11, 7, 0, 0, 0, time.UTC)
	h.told(monday.Add(-time.Hour))
	h.exec(`update account set mail_weekly = false where person_id = 'ada'`)
	h.exec(`update account set signed_in_at = null where person_id = 'ben'`)
	h.exec(`update mail_state set sending = false`)
	if went := h.minutes(monday, monday.Add(time.Minute), time.Minute); len(went) != 0 {
		t.Errorf("with mail off: %v", went)
	}
	h.exec(`update mail_state set sending = true`)
	if went := h.minutes(monday, monday.Add(time.Minute), time.Minute); fmt.Sprint(went) != "[cyd Mon 07:00]" {
		t.Errorf("%v", went)
	}
}

// TestTwoServersMakeEachMondaysMailOnce: however often and from wherever the clock looks.
func TestTwoServersMakeEachMondaysMailOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.now = time.Date(2026, 5, 11, 7, 0, 0, 0, time.UTC)
	h.exec(`insert into person (id, name) select 'p' || n, 'Person ' || n from generate_series(1, 500) n`)
	h.exec(`insert into account (person_id, email, made_at, signed_in_at) select id, id || '@water.example', now(), now() from person where id like 'p%'`)
	var wg sync.WaitGroup
	for range 6 {
		wg.Go(func() {
			if err := h.db.Mail.Weeks(t.Context(), h.now); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	h.is("503 503", `select (select count(*) from mail) || ' ' || (select count(distinct args ->> 'id') from river_job where kind = 'mail')`)
	h.is("503", `select count(*) from river_job where kind = 'mail'`)
}

// What a Monday did not tell the next one does, and says since when: whether its person had switched it off, none went
// out, or it was too late.
func TestWhatAMondayDidNotTellTheNextOneDoes(t *testing.T) {
	t.Parallel()
	first := time.Date(2026, 5, 4, 7, 0, 0, 0, time.UTC)
	for name, skip := range map[string]struct{ begin, end string }{
		"switched off by them":  {`update account set mail_weekly = false`, `update account set mail_weekly = true`},
		"none went out":         {`update mail_state set sending = false`, `update mail_state set sending = true`},
		"too late":              {`update mail set dropped_at = made_at, dropped = 'late' where week = '2026-05-11'`, ``},
		"switched off too late": {`update mail set dropped_at = made_at, dropped = 'off' where week = '2026-05-11'`, ``},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			h.told(first.Add(-time.Hour))
			h.minutes(first, first.Add(time.Minute), time.Minute)
			second, third := first.AddDate(0, 0, 7), first.AddDate(0, 0, 14)
			h.tell(skein.Notice{To: "ada", Kind: skein.NoticeEndorsed, Who: "ben", Skill: "write", Level: 3, About: "skipped"})
			h.exec(`update notice set made_at = $1 where about = 'skipped'`, second.Add(-time.Hour))
			if skip.end == "" {
				h.now = second
				h.must(h.db.Mail.Weeks(t.Context(), h.now))
			}
			h.exec(skip.begin)
			before := h.sink.count()
			if went := h.minutes(second, second.Add(26*time.Hour), 13*time.Hour); len(went) != 0 {
				t.Fatalf("%v", went)
			}
			if skip.end != "" {
				h.exec(skip.end)
			}
			h.told(third.Add(-time.Hour))
			h.minutes(third, third.Add(time.Minute), time.Minute)
			if h.sink.count() != before+3 {
				t.Fatalf("%d mails", h.sink.count()-before)
			}
			for i, to := range h.sink.to[before:] {
				text, _, _ := strings.Cut(decoded(t, h.sink.bodies[before+i]), "<!")
				if to == "ada@water.example" != strings.Contains(text, "plain writing") || !strings.Contains(text, "What moved since 4 May") {
					t.Errorf("%s:\n%s", to, text)
				}
			}
		})
	}
}

// The teams that somebody is in, and the places they asked for, stand in Monday's mail as on their home page; alone they
// are no mail.
func TestMondaysMailSaysWhatSomebodyIsIn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	monday := time.Date(2026, 5, 11, 7, 0, 0, 0, time.UTC)
	h.exec(`delete from member`)
	h.exec(`update project set state = 'open' where id = 'sensors'`)
	h.exec(`insert into member (project_id, person_id, joined_at) values ('desk', 'ben', $1), ('sensors', 'ben', $1)`, monday.AddDate(0, 0, -9))
	if went := h.minutes(monday, monday.Add(time.Minute), time.Minute); len(went) != 0 {
		t.Fatalf("%v", went)
	}
	week := monday.AddDate(0, 0, 7)
	h.told(week.Add(-time.Hour))
	h.minutes(week, week.Add(time.Minute), time.Minute)
	for i, to := range h.sink.to {
		said := decoded(t, h.sink.bodies[i])
		text, html, _ := strings.Cut(said, "<!")
		is := to == "ben@water.example"
		if is != strings.Contains(text, "YOU ARE IN") || is != strings.Contains(html, "You are in") {
			t.Errorf("%s:\n%s", to, text)
		}
		if is && (!strings.Contains(text, "Leak Sensors\nNobody leads it yet.") || strings.Index(text, "YOU ARE IN") > strings.Index(text, "WHAT MOVED")) {
			t.Error(text)
		}
	}
	if len(h.sink.to) != 3 {
		t.Errorf("%v", h.sink.to)
	}
}
