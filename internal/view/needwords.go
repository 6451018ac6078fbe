package view

import (
	"strings"

	"skein/internal/skein"
	"skein/internal/words"
)

// needWords says what is needed and how much of it, as whoever decides it reads it: "4 hours a week", "£500,
// travel", "Loggers (6)".
func needWords(n skein.Need, currency string) string {
	if n.Amount == nil {
		return n.What
	}
	amount := muchOf(n.Kind, *n.Amount, currency)
	switch {
	case n.Kind == skein.NeedHours, n.What == "", n.Kind == skein.NeedBudget && strings.Contains(n.What, words.Decimal(*n.Amount)):
		return amount
	case n.Kind == skein.NeedBudget:
		return amount + ", " + n.What
	case saysAmount(n.What, *n.Amount):
		return n.What
	}
	return n.What + " (" + amount + ")"
}

// saysAmount tells whether somebody wrote how much they need into what it is.
func saysAmount(what string, amount float64) bool {
	spelled := words.Spell(int(amount))
	return strings.Contains(what, words.Rounded(amount)) ||
		amount == float64(int(amount)) && (strings.Contains(what, spelled) || strings.Contains(what, words.UpperFirst(spelled)))
}

// needsWords says each of several.
func needsWords(all []skein.Need, currency string) []string {
	said := make([]string, len(all))
	for i, n := range all {
		said[i] = needWords(n, currency)
	}
	return said
}

// muchOf says how much of a kind: "3 hours a week", "£1,500", "two people".
func muchOf(kind skein.NeedKind, amount float64, currency string) string {
	switch {
	case kind == skein.NeedHours:
		return words.Hours(amount)
	case kind == skein.NeedBudget:
		return words.Money(currency, amount)
	case kind == skein.NeedPeople && amount == 1:
		return "one person"
	case kind == skein.NeedTools:
		return words.Rounded(amount)
	}
	return words.Rounded(amount) + words.NoBreak + kind.Unit(currency)
}

// lessWords says how much there is of a need that was answered with less: "3 hours a week", "4 of them".
func lessWords(n skein.Need, currency string) string {
	says := muchOf(n.Kind, n.Less, currency)
	if n.Kind == skein.NeedTools {
		says += words.NoBreak + n.Kind.Unit(currency)
	}
	return says
}

// hasLess goes on after the name of whoever said that there is less.
func hasLess(n skein.Need, currency string) string {
	if n.Less == 0 {
		return " has less of it than was asked for."
	}
	return " has " + words.EndSentence(lessWords(n, currency)+" for it")
}

// thereIs is what whoever takes less takes.
func thereIs(n skein.Need, currency string) string {
	if n.Less == 0 {
		return "what there is"
	}
	return lessWords(n, currency)
}

// lessAsks is what the form asks that says how much there is; "": the reason says it in words.
func lessAsks(n skein.Need, currency string) string {
	switch {
	case !n.Counted():
		return ""
	case n.Kind == skein.NeedBudget:
		return "Where it is less: how much money, in " + currency
	case n.Kind == skein.NeedTools:
		return "Where it is less: how many of the " + words.Rounded(*n.Amount)
	}
	return "Where it is less: how many " + n.Kind.Unit(currency)
}
