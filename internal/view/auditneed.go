package view

import (
	"time"

	"skein/internal/skein"
	"skein/internal/words"
)

// need says which need a row is about, and what was said of it.
func (x auditTeller) need() []string {
	says := []string{quoted(x.text("what"))}
	if less, ok := x.row.Details["less"].(float64); ok {
		kind := skein.NeedKind(x.text("kind"))
		says = append(says, words.Rounded(less)+" "+map[bool]string{true: "of the currency", false: kind.Unit("")}[kind == skein.NeedBudget])
	}
	if reason := x.text("reason"); reason != "" {
		says = append(says, quoted(reason))
	}
	if asked := x.person("asked_of"); asked != "" {
		says = append(says, asked+" is asked")
	}
	if arrived, ok := x.row.Details["arrived"].(bool); ok {
		says = append(says, map[bool]string{true: "it has arrived", false: "it is missing"}[arrived])
	}
	return says
}

// date says a day that is kept with a row.
func (x auditTeller) date(key string) string {
	day, err := time.Parse(time.DateOnly, x.text(key))
	if err != nil {
		return ""
	}
	return x.clock.Date(day)
}

// movedStart says from when to when a start was moved, and why.
func (x auditTeller) movedStart() []string {
	says := append([]string{before("of ", x.person("person"))}, fromTo(x.date("from"), x.date("to"))...)
	if x.text("to") == "" {
		says = append(says, "as soon as nothing is open")
	}
	return append(says, x.reason()...)
}

// mails says which mails somebody wants from then on.
func (x auditTeller) mails() []string {
	says := "none"
	switch once, weekly := x.true("at_once"), x.true("weekly"); {
	case once && weekly:
		says = "at once and on Mondays"
	case once:
		says = "at once"
	case weekly:
		says = "on Mondays"
	}
	if x.text("by") == "mail" {
		return []string{says, "with the link of a mail"}
	}
	return []string{says}
}
