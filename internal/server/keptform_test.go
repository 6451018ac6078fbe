package server

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"skein/internal/skein"
	"skein/web/path"
)

// typed is a long form as its page has it, for the person it was made for.
func (a *answer) typed(form string, fields ...string) []string {
	a.Helper()
	made := a.Find(form+" input[name=kept_for]").AttrOr("value", "")
	if made == "" {
		a.Fatalf("%s: %s does not say for whom it is", a.what, form)
	}
	return append([]string{"kept_for", made}, fields...)
}

func TestWhatIsSentAfterASessionEndedIsGivenBackToItsPersonAlone(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	ines, noor := h.person("Ines Calder"), h.person("Noor Basri")
	h.password(ines, secret)
	h.password(noor, secret)
	b := h.anonymous()
	b.signIn("ines.calder@corriemere.example", secret).is(http.StatusSeeOther)
	form := b.get(path.Settings).is(http.StatusOK).typed("#profile form", "name", "Ines Calder", "self", "I kept the leak log\nof three valleys.")
	h.later(sessionIdle + time.Minute)
	door := path.SignIn + "?" + url.Values{"next": {path.Kept}}.Encode()
	b.post(path.SettingsProfile, form...).goesTo(door)
	if about := h.text(`select about from person where id = $1`, ines); about != "" {
		t.Fatalf("it was done unasked: %s", about)
	}
	b.get(door).says("main", "What you typed is kept for an hour")
	other := h.as(noor)
	other.get(path.Kept).is(http.StatusOK).says("h1", "Nothing waits").silent("leak log")

	b.post(path.SignIn, "email", "ines.calder@corriemere.example", "password", secret).goesTo(path.Kept) // with no word of it in the address
	page := b.get(path.Kept).is(http.StatusOK).says(".said.typed", "I kept the leak log")
	to := page.Find("main form[action='" + path.SettingsProfile + "']")
	var again []string
	for _, field := range to.Find("input[type=hidden]").EachIter() {
		again = append(again, field.AttrOr("name", ""), field.AttrOr("value", ""))
	}
	id := to.Find("input[name=kept_form]").AttrOr("value", "")
	other.post(path.DropKept(id)).is(http.StatusSeeOther)
	other.post(path.SettingsProfile, "name", "Noor Basri", "kept_form", id).is(http.StatusSeeOther)
	if h.count(`select count(*) from kept_form`) != 1 {
		t.Fatal("somebody else used it")
	}
	b.post(path.JoinProject("nowhere"), "kept_form", id).is(http.StatusNotFound)
	if h.count(`select count(*) from kept_form`) != 1 {
		t.Fatal("it is gone though an error page answered")
	}
	b.post(path.SettingsProfile, again...).goesTo(path.Settings)
	if about := h.text(`select about from person where id = $1`, ines); about != "I kept the leak log\nof three valleys." {
		t.Errorf("%q", about)
	}
	b.get(path.Kept).says("h1", "Nothing waits")
	if n := h.count(`select count(*) from kept_form`); n != 0 {
		t.Errorf("%d are kept once used", n)
	}
}

// Nothing is kept that opens a door, that nobody typed, or that was typed for somebody else.
func TestWhatIsNotKept(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	ines, noor := h.person("Ines Calder"), h.person("Noor Basri")
	b := h.as(ines)
	settings := b.get(path.Settings).is(http.StatusOK)
	form := settings.typed("#profile form", "name", "Ines Calder", "self", "A word or two")
	h.later(sessionIdle + time.Minute)
	stale := *b // its session lies idle; each request would end it
	sends := func(keeps int, to string, fields ...string) {
		t.Helper()
		again := stale
		again.cookies = map[string]*http.Cookie{"skein": b.cookies["skein"]}
		a := again.post(to, fields...).is(http.StatusSeeOther)
		if strings.Contains(a.Response.Header.Get("Location"), "kept") != (keeps == 1) || h.count(`select count(*) from kept_form`) != keeps {
			t.Errorf("%s keeps %v, or does not", to, fields)
		}
		h.exec(`delete from kept_form`)
		b.cookies = h.as(ines).cookies
		h.later(sessionIdle + time.Minute)
	}
	send := func(to string, fields ...string) { t.Helper(); sends(0, to, fields...) }
	sends(1, path.SettingsProfile, form...) // by the session alone, or what follows would prove nothing
	send(path.SettingsPassword, "kept_for", string(ines), "old", secret, "password", "three other geese")
	send(path.SettingsProfile, "kept_for", string(ines), "reset_token", "abc", "self", "A word")
	send(path.SettingsProfile, "kept_for", string(noor), "self", "A word")
	send(path.SettingsProfile, "self", "A word")
	send(path.SettingsProfile, "kept_for", string(ines), "self", " ", "idempotency_key", "0192f000-0000-7000-8000-00000000000a")
	stranger := h.anonymous()
	stranger.post(path.SettingsProfile, form...).is(http.StatusSeeOther)
	stranger.cookies["device"] = &http.Cookie{Name: "device", Value: strings.Repeat("x", tokenLength)}
	stranger.post(path.SettingsProfile, form...).is(http.StatusSeeOther)
	if n := h.count(`select count(*) from kept_form`); n != 0 {
		t.Errorf("%d forms of strangers are kept", n)
	}
	draft, err := http.NewRequest(http.MethodPost, h.url+path.SettingsProfile, strings.NewReader("self=x"))
	if err != nil {
		t.Fatal(err)
	}
	draft.Header.Set("X-Autosave", "yes")
	answer, err := stranger.client.Do(draft)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusUnauthorized {
		t.Errorf("a draft is answered %d", answer.StatusCode)
	}
}

func TestKeptFormsAreFewAndForgotten(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	ines := h.person("Ines Calder")
	ctx := context.Background()
	for i := range 8 {
		err := h.db.Door.KeepForm(ctx, ines, skein.KeptForm{Action: "/x", Fields: []skein.KeptField{{Name: "n", Value: string(rune('a' + i))}}}, wall.Add(time.Duration(i)*time.Minute))
		if err != nil {
			t.Fatal(err)
		}
	}
	found, err := h.db.Door.KeptForms(ctx, ines, wall.Add(10*time.Minute))
	if err != nil || len(found) != skein.MostKeptForms || found[0].Fields[0].Value != "h" {
		t.Fatalf("%v, %v", found, err)
	}
	if found, err = h.db.Door.KeptForms(ctx, ines, wall.Add(65*time.Minute)); err != nil || len(found) != 2 {
		t.Errorf("after their hour %d are given back, %v", len(found), err)
	}
	if err := h.db.Door.Tick(ctx, skein.Itself(wall, time.UTC), wall.Add(2*time.Hour)); err != nil {
		t.Fatal(err)
	}
	if n := h.count(`select count(*) from kept_form`); n != 0 {
		t.Errorf("%d are left", n)
	}
}

func TestAPageKnowsWhenItsSessionEnds(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	b := h.as(h.person("Ines Calder"))
	left := func() string {
		return b.get(path.Settings).has(1, "[data-left][data-says]").Find("[data-left]").AttrOr("data-left", "")
	}
	whole := strconv.FormatInt(sessionIdle.Milliseconds(), 10)
	if got := left(); got != whole {
		t.Errorf("%s are left, want %s", got, whole)
	}
	h.later(sessionNote / 2) // in use, and not noted yet
	if got, want := left(), strconv.FormatInt((sessionIdle-sessionNote/2).Milliseconds(), 10); got != want {
		t.Errorf("%s are left, want %s", got, want)
	}
	h.later(sessionIdle - sessionNote)
	if got := left(); got != whole {
		t.Errorf("once used anew, %s are left", got)
	}
	h.anonymous().get(path.SignIn).has(0, "[data-left]")
}
