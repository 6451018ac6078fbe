package skein

import (
	"net/url"
	"strings"
	"time"
)

// LinkID is the id of a link to where a project's work happens.
type LinkID string

// Link leads to where a project's work or talk happens, under the name that its lead gives it.
type Link struct {
	ID      LinkID
	Project ProjectID
	Label   string
	URL     string
	AddedAt time.Time
}

// How many links and steps a project has at most, and how long their words are. A handful is seen at once; what needs
// more belongs where the work happens.
const (
	MostLinks     = 8
	MostSteps     = 7
	MaxLinkLabel  = 60
	MaxLinkURL    = 500
	MaxStepSays   = 120
	stepsYears    = 5
	linkURLAdvice = "Give the whole address, which begins with https:// or http://."
)

// Check reports what is wrong with a link.
func (l Link) Check() error {
	var bad Invalid
	bad.Name("label", l.Label, "Say in a few words what it leads to.")
	bad.Add(len([]rune(l.Label)) > MaxLinkLabel, "label", "Say it in 60 characters or fewer.")
	bad.Short("url", l.URL)
	bad.Add(bad.On("url") == "" && !webAddress(l.URL), "url", linkURLAdvice)
	bad.Add(bad.On("url") == "" && len(l.URL) > MaxLinkURL, "url", "That address is too long. Use one of at most 500 characters.")
	return bad.Err()
}

// Plain is the link as it is kept: an address begins in small letters, also where a phone wrote "Https".
func (l Link) Plain() Link {
	l.Label, l.URL = strings.TrimSpace(l.Label), strings.TrimSpace(l.URL)
	if scheme, rest, ok := strings.Cut(l.URL, ":"); ok {
		l.URL = strings.ToLower(scheme) + ":" + rest
	}
	return l
}

// webAddress tells whether a text is an address that a browser opens as a page, and nothing that runs: http or https
// with a host, without a password in it.
func webAddress(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.User == nil &&
		!strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r == 0x7f })
}

// StepID is the id of a step of a project's plan.
type StepID string

// Step is one of the few dated steps of a project's plan.
type Step struct {
	ID      StepID
	Project ProjectID
	Says    string
	DueOn   Date
	AddedAt time.Time
	DoneBy  PersonID // empty: not done yet
	DoneAt  time.Time
}

// Check reports what is wrong with the words of a step.
func (s Step) Check() error {
	var bad Invalid
	bad.Name("says", s.Says, "Say in a few words what is to be done.")
	bad.Add(len([]rune(s.Says)) > MaxStepSays, "says", "Say it in 120 characters or fewer.")
	return bad.Err()
}

// CheckDue reports what is wrong with the day of a step that is planned today.
func (s Step) CheckDue(today Date) error {
	var bad Invalid
	bad.Add(s.DueOn.IsZero(), "due", "Choose the day by which it is to be done.")
	bad.Add(!s.DueOn.IsZero() && s.DueOn.Before(today), "due", "That day has passed. Choose a later one.")
	bad.Add(s.DueOn.After(today.AddDate(stepsYears, 0, 0)), "due", "That is more than five years away. Choose an earlier day.")
	return bad.Err()
}

// Tick notes that the step is done, or not after all. It tells whether that is new.
func (s *Step) Tick(by By, done bool) bool {
	if done != s.DoneAt.IsZero() {
		return false
	}
	s.DoneBy, s.DoneAt = "", time.Time{}
	if done {
		s.DoneBy, s.DoneAt = by.Person, by.At
	}
	return true
}
