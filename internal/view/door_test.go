package view

import (
	"testing"
	"time"

	doordb "skein/internal/postgres/door"
)

func TestWaitsAreNeverSaidTooShort(t *testing.T) {
	t.Parallel()
	for wait, want := range map[time.Duration]string{
		time.Millisecond: "1 second", time.Second: "1 second", 1001 * time.Millisecond: "2 seconds", time.Minute: "1 minute",
		61 * time.Second: "2 minutes", 5 * time.Minute: "5 minutes",
	} {
		if got := length(wait); got != want {
			t.Errorf("%s: %s, want %s", wait, got, want)
		}
	}
	if says := NotTogether(true, 0); says != "This address and this password do not go together." {
		t.Error(says)
	}
}

func TestBrowsersAsPeopleCallThem(t *testing.T) {
	t.Parallel()
	for agent, want := range map[string]string{
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0": "Edge on Windows",
		"Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0":                                                        "Firefox on Linux",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/604.1":     "Safari on an iPhone",
		"Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36":                  "Chrome on Android",
		"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)":                                                                               "A browser on a Mac",
		"": "A browser", "curl/8.5.0": "curl", "<b>": "A browser",
	} {
		if got := BrowserName(agent); got != want {
			t.Errorf("%q: %s, want %s", agent, got, want)
		}
	}
}

func TestBrowsersSayWhatHoldsOfThem(t *testing.T) {
	t.Parallel()
	all := Browsers(ines().Clock(), []doordb.SignedInAt{
		{ID: "a", Since: in(-48), Seen: in(-1), Now: true, Here: true},
		{ID: "b", Since: in(-72), Seen: in(-2), Now: true},
		{ID: "c", Since: in(-72), Seen: in(-96), Known: true},
	})
	say(t, all[0].Says, "You are here. Signed in on 9_May.")
	say(t, all[1].Says, "Signed in on 8_May, in use today.")
	say(t, all[2].Says, "Signed out. You signed in there on 7_May, so strangers’ tries do not hold you up there.")
}
