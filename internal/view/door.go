package view

import (
	"strings"
	"time"

	doordb "skein/internal/postgres/door"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/page"
)

// NotTogether is the one answer to every sign-in that was heard and did not work, whatever the cause. Then is how
// long nobody is heard before the next.
func NotTogether(passwords bool, then time.Duration) string {
	if !passwords {
		return "This address and this password open nothing. Passwords are switched off here but for a few administrators: sign in with the organisation’s account." + next(then)
	}
	return "This address and this password do not go together." + next(then)
}

// NotYours is NotTogether for somebody who is signed in.
func NotYours(then time.Duration) string { return "That is not your password now." + next(then) }

func next(then time.Duration) string {
	if then <= 0 {
		return ""
	}
	return " You can try again in " + length(then) + "."
}

// TooSoon is said of a try that was not looked at.
func TooSoon(wait time.Duration) string {
	return "There were too many tries just before, so this one was not looked at, right or wrong. Try again in " + length(wait) +
		", or ask an administrator for a link to come in by."
}

// length is how long to wait, and never too short: "4 seconds", "2 minutes".
func length(wait time.Duration) string {
	unit, noun := time.Second, "second"
	if wait >= time.Minute {
		unit, noun = time.Minute, "minute"
	}
	return words.Counted(int((wait+unit-1)/unit), noun)
}

// Browsers are where somebody is signed in, and the browsers that are known.
func Browsers(clock words.Clock, found []doordb.SignedInAt) []page.Browser {
	all := make([]page.Browser, len(found))
	for i, b := range found {
		all[i] = page.Browser{ID: b.ID, Name: BrowserName(b.Agent), Here: b.Here, Now: b.Now}
		switch {
		case b.Here:
			all[i].Says = "You are here. Signed in " + clock.OnDay(b.Since) + "."
		case b.Now:
			all[i].Says = "Signed in " + clock.OnDay(b.Since) + ", in use " + clock.OnDay(b.Seen) + "."
		default:
			all[i].Says = "Signed out. You signed in there " + clock.OnDay(b.Seen) + ", so strangers’ tries do not hold you up there."
		}
	}
	return all
}

// What browsers and systems call themselves, the more particular first: most name others too.
var (
	browserNames = [][2]string{
		{"Edg", "Edge"},
		{"OPR/", "Opera"},
		{"SamsungBrowser/", "Samsung Internet"},
		{"Firefox/", "Firefox"},
		{"FxiOS/", "Firefox"},
		{"CriOS/", "Chrome"},
		{"Chrome/", "Chrome"},
		{"Safari/", "Safari"},
		{"curl/", "curl"},
	}
	systemNames = [][2]string{
		{"iPhone", "an iPhone"},
		{"iPad", "an iPad"},
		{"Android", "Android"},
		{"CrOS", "ChromeOS"},
		{"Windows", "Windows"},
		{"Mac OS X", "a Mac"},
		{"Macintosh", "a Mac"},
		{"Linux", "Linux"},
	}
)

// BrowserName is what people call a browser: "Firefox on Windows". What it says of itself may be made up.
func BrowserName(agent string) string {
	browser, system := named(browserNames, agent), named(systemNames, agent)
	switch {
	case browser == "" && system == "":
		return "A browser"
	case browser == "":
		return "A browser on " + system
	case system == "":
		return browser
	}
	return browser + " on " + system
}

func named(names [][2]string, agent string) string {
	for _, name := range names {
		if strings.Contains(agent, name[0]) {
			return name[1]
		}
	}
	return ""
}

// Itself is an imported person as the first administrator is asked whether it is them.
func Itself(a doordb.Addressee) *page.KnownPerson {
	known := &page.KnownPerson{ID: string(a.ID), Name: a.Name}
	if a.Circle != "" {
		known.Where = "of " + words.Name(a.Circle)
	}
	return known
}

// OneOf are those of one name, of whom the first administrator may be one. Said is what was answered.
func OneOf(all []doordb.Addressee, said string) *page.KnownPerson {
	known := &page.KnownPerson{Name: all[0].Name, Answer: said}
	for _, a := range all {
		one := Itself(a)
		if one.Where == "" && len(all) > 1 {
			one.Where = "(" + one.ID + ")"
		}
		known.Ones = append(known.Ones, *one)
	}
	return known
}

// NotHere says why somebody whose address it is cannot become the first administrator: they could not sign in.
func NotHere(v Viewer, p skein.Person) string {
	says := words.Name(p.Name) + " has this address, and left."
	switch {
	case !p.Deactivated.IsZero():
	case !p.ActiveFrom.IsZero() && p.ActiveFrom.After(v.Today()):
		says = words.Name(p.Name) + " has this address, and begins on " + v.Clock().Date(p.ActiveFrom) + " by people.csv."
	case !p.ActiveUntil.IsZero():
		says = words.Name(p.Name) + " has this address, and was here until " + v.Clock().Date(p.ActiveUntil) + " by people.csv."
	}
	return says + " An administrator must be able to sign in: give another address, or put the file right and import it again."
}
