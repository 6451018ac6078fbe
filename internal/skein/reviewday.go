package skein

import "cmp"

// ReviewMonths is how far off the day may be on which a lead without an end is due to change: as far
// as the guardrail allows, else a year.
func ReviewMonths(longest int) int { return cmp.Or(longest, 12) }

// ReviewDay is the day on which a lead that nobody gave an end is due to change: the project's last,
// where it comes before that.
func ReviewDay(today, projectEnds Date, longest int) Date {
	last := AddMonths(today, ReviewMonths(longest))
	if projectEnds.After(today) && projectEnds.Before(last) {
		return projectEnds
	}
	return last
}
