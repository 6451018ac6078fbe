package view

import (
	"slices"
	"strconv"
	"time"

	peopledb "skein/internal/postgres/people"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// staleAfter is when one's own word is worth saying again.
const staleAfter = 60 * 24 * time.Hour

// Settings is what somebody may change about themselves, as it stands.
func Settings(v Viewer, p peopledb.Profile) page.SettingsData {
	t := tellerOf(v, p)
	d := page.SettingsData{Name: p.Name, About: p.About, Email: p.Email, Zone: v.Person.TimeZone, OrgZone: v.Org.Location().String(), Level: "3", From: v.Today().Format(time.DateOnly)}
	if p.HoursPerWeek != nil {
		d.Hours = words.Decimal(*p.HoursPerWeek)
	}
	for _, skill := range t.skills(p) {
		own := page.OwnSkill{ID: skill.ID, Name: skill.Name, Words: skill.Words, Mark: skill.Mark}
		for _, said := range p.Skills {
			if said.Skill == skein.SkillID(skill.ID) && said.Kind == skein.Self {
				own.Said, own.Stale = true, v.Today().Sub(said.ObservedOn) > staleAfter
			}
		}
		d.Skills = append(d.Skills, own)
	}
	for _, wish := range p.Wishes {
		d.Wishes = append(d.Wishes, component.Option{Value: string(wish.ID), Label: wish.Name})
	}
	for _, leave := range p.Leaves {
		own := page.OwnLeave{ID: leave.ID, Now: leave.Covers(v.Today()), Words: "From " + t.clock.Date(leave.From) + ", until you are back."}
		if !leave.Until.IsZero() {
			own.Words = "From " + t.clock.Date(leave.From) + " " + t.clock.Until(leave.Until) + "."
		}
		d.Leaves = append(d.Leaves, own)
	}
	for _, led := range p.Terms {
		if led.Role == skein.Primary && led.Until.IsZero() && len(p.Leaves) > 0 {
			d.StandIns = append(d.StandIns, component.Button{
				Label: "Ask somebody to stand in", Kind: component.Plain, URL: path.Project(string(led.Project)), About: led.Title,
			})
		}
	}
	d.Asked = t.person(p).Asked
	return d
}

// HourSteps are the numbers of the ruler, with the one that holds among them.
func HourSteps(hours string) []string {
	steps := []string{"0", "2", "4", "6", "8", "10"}
	if hours != "" && !slices.Contains(steps, hours) {
		steps = append(steps, hours)
		slices.SortFunc(steps, func(a, b string) int { return int(100 * (HoursOf(a) - HoursOf(b))) })
	}
	return steps
}

// HoursOf reads a figure back; -1 for what is none.
func HoursOf(figure string) float64 {
	n, err := strconv.ParseFloat(figure, 64)
	if err != nil {
		return -1
	}
	return n
}
