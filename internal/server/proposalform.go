package server

import (
	"strconv"

	"skein/internal/skein"
	"skein/web/page"
)

// mostLines is how many lines of a list a form takes.
const mostLines = 24

// typed reads a proposal's form as it was typed: the form shows it again where something is wrong.
func typed(f *form) page.ProposalForm {
	d := page.ProposalForm{
		Title: f.Name("title"), Purpose: f.Text("purpose"), Judged: f.Text("judged"), Hours: f.Text("hours"), End: f.Text("end"),
		Template: f.Text("template"), Filled: f.Text("filled"), Team: f.ID("team"), Further: f.Text("teams"), Priority: f.ID("priority"),
		Trust: f.Text("trust"), Key: f.Key(), Version: f.Text("version"), Shown: f.Text("show") != "",
	}
	for i := range mostLines {
		at := "." + strconv.Itoa(i)
		if name := f.Text("skill" + at); name != "" {
			d.Skills = append(d.Skills, page.SkillAsked{
				Name: name, Importance: f.Text("importance" + at),
				Level: f.Text("level" + at), Must: f.Has("must" + at),
			})
		}
		if kind, what := f.Text("need_kind"+at), f.Text("need_what"+at); kind != "" || what != "" {
			d.Needs = append(d.Needs, page.NeedAsked{
				ID: f.Text("need_id" + at), Kind: kind, What: what,
				Amount: f.Text("need_amount" + at), Of: f.Text("need_of" + at),
			})
		}
	}
	d.Remit = typedRemit(f)
	return d
}

// typedRemit reads the lines of what a lead decides as they were typed.
func typedRemit(f *form) []page.RemitAsked {
	var lines []page.RemitAsked
	for i := range mostLines {
		at := "." + strconv.Itoa(i)
		if area := f.Text("area" + at); area != "" {
			lines = append(lines, page.RemitAsked{
				Area: area, Level: f.Text("decides" + at),
				Ceiling: f.Text("ceiling" + at), With: f.Text("with" + at),
			})
		}
	}
	return lines
}

// situationOf reads the seven answers.
func situationOf(f *form) skein.Situation {
	const say = "Choose one of the answers."
	return skein.Situation{
		Uncertainty: skein.Uncertainty(f.Text(string(skein.DimUncertainty))),
		Stakes:      f.Int(string(skein.DimStakes), say),
		Urgency:     f.Int(string(skein.DimUrgency), say),
		Expertise:   f.Int(string(skein.DimExpertise), say),
		Commitment:  f.Int(string(skein.DimCommitment), say),
		Reach:       f.Int(string(skein.DimReach), say),
		Readiness:   f.Int(string(skein.DimReadiness), say),
	}
}
