package skein

import "cmp"

// ReviewMonths is how far off the day may be on which a lead without an end is due to change: as far
// as the guardrail allows, else a year.
func ReviewMonths(longest int) int { return cmp.Or(longest, 12) }

// LeadEnds is the day on which a lead is due to end that is given on a day: the project's last, or as
// late as the guardrail of so many months allows, where that is earlier. Zero: neither says.
func LeadEnds(given, projectEnds Date, longest int) Date {
	last := AddMonths(given, longest)
	if longest > 0 && (projectEnds.IsZero() || projectEnds.After(last)) {
		return last
	}
	return projectEnds
}

// ReviewDay is the day on which a lead that nobody gave an end is due to change: the project's last,
// where it comes before that.
func ReviewDay(today, projectEnds Date, longest int) Date {
	last := AddMonths(today, ReviewMonths(longest))
	if projectEnds.After(today) && projectEnds.Before(last) {
		return projectEnds
	}
	return last
}
