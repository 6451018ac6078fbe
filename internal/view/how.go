package view

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"skein/internal/match"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/page"
)

// dimensionQuestions is each dimension as the question that pages ask.
var dimensionQuestions = map[skein.Dimension]string{
	skein.DimUncertainty: "Do we know what will work?",
	skein.DimStakes:      "If it goes wrong, how bad is it, and can we undo it?",
	skein.DimUrgency:     "How soon must decisions be made?",
	skein.DimExpertise:   "Does one person know enough, or is it spread over many?",
	skein.DimCommitment:  "Must those affected want it for it to work?",
	skein.DimReach:       "How many teams must move together?",
	skein.DimReadiness:   "Does the team know each other, its purpose, its voice?",
}

// How says what is compared, in the numbers of the tables that hold now.
func How(p match.Policy, org skein.Organisation) page.HowData {
	hours := func(n int) string {
		if n%24 == 0 {
			return words.Days(n / 24)
		}
		return words.Count(n, "hour", "hours")
	}
	d := page.HowData{
		Circle: org.CircleWord, Confirm: org.ConfirmWeighed, Version: p.Version,
		Window: hours(p.Lens.WindowHours), Checked: hours(org.ConfirmHours), Answer: hours(org.AnswerHours),
		HalfLife: words.Decimal(p.Trust.HalfLifeDays) + "\u00a0days", W0: words.Decimal(p.Trust.W0),
		Returned: strconv.Itoa(p.Trust.ReciprocalDays) + "\u00a0days",
		Practices: "How somebody leads counts for at most " + shareOf(p.Lens.PracticeShare) +
			" of what a project asks for; the rest is what they know. A project may change these or do without them.",
		Ready:   "Ready means: everything that is a must is shown, and " + shareOf(p.Lens.ReadyShare) + " of what counts.",
		Stretch: "A stretch means: each must is at least nearly there, and " + shareOf(p.Lens.StretchShare) + " of what counts; where more is at stake, more.",
		Bands: "What few people can do counts for more. Places are counted in steps of " + words.Decimal(p.Lens.Band) +
			" below the best in the organisation; people in the same step count alike. Where more is at stake the steps are smaller.",
		Rotation: "Where a " + org.CircleWord + " takes turns, an earlier lead in the same area puts one back for a while; it weighs half after " +
			words.Decimal(p.Trust.TurnHalfLifeDays) + "\u00a0days. Each " + org.CircleWord + "’s page says how leads rotate there.",
	}
	for _, level := range skein.Trusts {
		row := p.Trust.Levels[level]
		d.Trust = append(d.Trust, page.HowTrust{
			Words: words.UpperFirst(level.Words()), Self: words.Decimal(row.Self), Peer: words.Decimal(row.Peer),
			Outcome: words.Decimal(row.Outcome), Credential: words.Decimal(row.Credential), Reason: row.Reason,
		})
	}
	for _, row := range p.Lens.Rows {
		d.Lens = append(d.Lens, page.HowLens{
			Question: inOwnWord(org, dimensionQuestions[row.Dimension]), Value: lensValue(row), Asks: inOwnWord(org, lensAsks(row)), Reason: inOwnWord(org, row.Reason),
		})
	}
	return d
}

// shareOf rounds: shares of the table are binary fractions, and 0.55 is not one.
func shareOf(share float64) string { return words.Decimal(math.Round(share*1000)/10) + "\u00a0%" }

func lensValue(row match.LensRow) string {
	if row.Dimension != skein.DimUncertainty {
		return fmt.Sprintf("%d of 5", row.Value)
	}
	for _, u := range skein.Uncertainties {
		if u.Rank() == row.Value {
			return words.UpperFirst(string(u))
		}
	}
	return strconv.Itoa(row.Value)
}

// practiceName is the name of a practice that the lens asks for.
func practiceName(id skein.SkillID) string {
	for _, practice := range match.Practices() {
		if practice.ID == id {
			return practice.Name
		}
	}
	return string(id)
}

// lensAsks is what one answer changes, in a few words.
func lensAsks(row match.LensRow) string {
	var parts []string
	for _, asks := range row.Practices {
		parts = append(parts, practiceName(asks.Skill)+", "+skein.Levels[asks.Level])
	}
	if row.Floor != "" && row.Floor != skein.Open {
		parts = append(parts, "at least: "+row.Floor.Words())
	}
	if row.Band > 0 {
		parts = append(parts, "a step is "+words.Decimal(row.Band))
	}
	if row.StretchShare > 0 {
		parts = append(parts, "a stretch from "+shareOf(row.StretchShare))
	}
	if row.WindowHours > 0 {
		parts = append(parts, "claims stay open for "+words.Days(row.WindowHours/24))
	}
	for _, need := range row.Needs {
		parts = append(parts, "a "+string(need))
	}
	return words.UpperFirst(strings.Join(parts, "; "))
}
