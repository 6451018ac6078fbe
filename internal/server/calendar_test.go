package server

import (
	"net/http"
	"strings"
	"testing"
	"time"

	goical "github.com/emersion/go-ical"

	"skein/web/path"
)

// feed is where somebody's calendar is, made in the settings.
func (b *browser) feed() string {
	b.Helper()
	at := b.post(path.SettingsCalendar).is(http.StatusOK).Find("#feed").Text()
	return strings.TrimPrefix(at, "http://localhost")
}

// entries are what another program reads in a calendar: uid to its summary, start and sequence.
func entries(t *testing.T, a *answer) map[string]string {
	t.Helper()
	cal, err := goical.NewDecoder(strings.NewReader(a.body)).Decode()
	if err != nil {
		t.Fatalf("%v\n%s", err, a.body)
	}
	all := map[string]string{}
	for _, e := range cal.Events() {
		says, _ := e.Props.Text(goical.PropSummary)
		uid, _, _ := strings.Cut(e.Props.Get(goical.PropUID).Value, ":")
		all[uid] = says + " " + e.Props.Get(goical.PropDateTimeStart).Value + " " + e.Props.Get(goical.PropSequence).Value
	}
	return all
}

func TestACalendarHoldsWhatItsOwnerSees(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.exec(`update organisation set zone = 'America/New_York'`)
	lead, staff := h.as(people[asLead]), h.as(people[asStaff])
	h.exec(`insert into term (project_id, phase_id, person_id, role, state, answer_by, offered_at) values
		('meter-letters', '00000000-0000-7000-8000-000000000002', $1, 'primary', 'offered', $2::timestamptz + interval '48 hours', $2)`, people[asStaff], wall)
	mine, theirs := lead.feed(), staff.feed()
	anybody := h.anonymous()
	t.Run("done", func(t *testing.T) {
		a := anybody.get(mine).is(http.StatusOK)
		if got := a.Response.Header.Get("Content-Type"); got != "text/calendar; charset=utf-8" {
			t.Error(got)
		}
		if all := entries(t, a); len(all) != 1 || all["ends"] != "The last day on which you lead Night Pressure 20260809 0" {
			t.Errorf("%v", all)
		}
		all := entries(t, anybody.get(theirs))
		if len(all) != 1 || all["offer"] != "You were chosen for Meter Letters 20260513T083000Z 0" {
			t.Errorf("%v", all)
		}
		steward := entries(t, h.anonymous().get(h.as(people[asSteward]).feed()))
		if steward["window"] != "Claims for Meter Letters close 20260518T083000Z 0" {
			t.Errorf("%v", steward)
		}
	})
	t.Run("asked again", func(t *testing.T) {
		a := anybody.get(mine)
		tag := a.Response.Header.Get("ETag")
		h.later(time.Hour)
		if b := anybody.get(mine); tag == "" || b.Response.Header.Get("ETag") != tag || b.body != a.body {
			t.Error("what did not change is another")
		}
		ask, err := http.NewRequest(http.MethodGet, h.url+mine, nil)
		if err != nil {
			t.Fatal(err)
		}
		ask.Header.Set("If-None-Match", tag)
		response, err := http.DefaultClient.Do(ask)
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		if response.StatusCode != http.StatusNotModified {
			t.Error(response.Status)
		}
	})
	t.Run("moved", func(t *testing.T) {
		h.exec(`update term set ends_on = '2026-09-01' where person_id = $1`, people[asLead])
		for range 2 {
			if all := entries(t, anybody.get(mine)); all["ends"] != "The last day on which you lead Night Pressure 20260901 1" {
				t.Errorf("%v", all)
			}
		}
	})
	t.Run("another address", func(t *testing.T) {
		if got := lead.get(path.Settings).is(http.StatusOK).Find("#feed").Length(); got != 0 {
			t.Error("it is shown again")
		}
		again := lead.feed()
		anybody.get(mine).is(http.StatusNotFound)
		anybody.get(again).is(http.StatusOK)
		if n := h.count(`select count(*) from account where position($1 in account::text) > 0`, strings.Split(again, "/")[2]); n != 0 {
			t.Error("the address lies in the table")
		}
		lead.post(path.CalendarOff).goesTo(path.Settings + "#calendar")
		anybody.get(again).is(http.StatusNotFound)
		lead.get(path.Settings).has(0, "form[action='"+path.CalendarOff+"']")
		if got := h.text(`select string_agg(action, ' ' order by action) from (select distinct action from audit_event where action like 'account.calendar%') told`); got != "account.calendar account.calendar_off" {
			t.Error(got)
		}
	})
	t.Run("whoever may not come in", func(t *testing.T) {
		h.exec(`update organisation set restored_at = $1`, wall)
		anybody.get(theirs).is(http.StatusNotFound)
		h.exec(`update organisation set restored_at = null`)
		h.exec(`update person set deactivated_at = $2 where id = $1`, people[asStaff], wall)
		staff.get(theirs).is(http.StatusNotFound)
	})
	t.Run("not signed in", func(t *testing.T) {
		anybody.post(path.SettingsCalendar).goesTo(path.SignIn)
	})
	t.Run("the database is gone", func(t *testing.T) {
		at := h.as(people[asCoLead]).feed()
		h.owns(`alter table calendar_entry rename to gone`)
		anybody.get(at).is(http.StatusInternalServerError)
	})
}
