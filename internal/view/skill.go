package view

import (
	"net/url"
	"strconv"

	peopledb "skein/internal/postgres/people"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// SkillRetired says that a skill cannot be named any more, and who can change that.
func SkillRetired(name string) string {
	return words.Name(name) + " is not used any more. Name another skill, or ask an administrator to bring it back."
}

// Fades says in words how fast a skill fades; 0 days: as the published tables say.
func Fades(days int, usual float64) string {
	if days == 0 {
		return "fades by half in " + stretchOf(int(usual)) + ", as most do"
	}
	return "fades by half in " + stretchOf(days)
}

// stretchOf is a number of days in the largest whole unit.
func stretchOf(days int) string {
	switch {
	case days%365 == 0:
		return words.Several(days/365, "year")
	case days%30 == 0 && days <= 360:
		return words.Several(days/30, "month")
	}
	return words.Several(days, "day")
}

// kinds of skill, as a form asks.
var skillKinds = []component.Option{
	{Value: string(skein.Domain), Label: "What somebody knows or can do"},
	{Value: string(skein.Practice), Label: "How somebody leads"},
}

var skillKindSays = map[skein.SkillKind]string{skein.Practice: "How somebody leads", skein.Domain: "What somebody knows or can do"}

// fadings are the paces that a form offers.
var fadings = []int{90, 180, 365, 730, 1825}

// Skills is a page of the skills that there are.
func Skills(q peopledb.SkillQuery, list peopledb.SkillList, usual float64) page.SkillsData {
	d := page.SkillsData{Words: q.Words, Show: q.Show, First: q.After.Name == ""}
	if len(list.Skills) > q.Limit {
		last := list.Skills[q.Limit-1]
		list.Skills = list.Skills[:q.Limit]
		d.Next = path.With(path.AdminSkills, url.Values{"q": {q.Words}, "show": {q.Show}, "after": {last.SortName}, "id": {string(last.ID)}})
	}
	for _, s := range list.Skills {
		d.Skills = append(d.Skills, page.SkillLine{ID: string(s.ID), Name: s.Name, Says: skillSays(s, usual)})
	}
	for _, p := range list.Pairs {
		d.Pairs = append(d.Pairs, page.SkillPair{
			A: p.AName, B: p.BName, URL: path.With(path.MergeSkill(string(p.B)), url.Values{"into": {string(p.A)}}),
		})
	}
	return d
}

// SkillTaken leads from a skill to its merge with the one that is called as it was to be called; nil where they are no
// two that can be merged.
func SkillTaken(id skein.SkillID, d page.SkillData, other peopledb.TypedSkill) *component.NavItem {
	if other.ID == "" || other.ID == id || other.Retired {
		return nil
	}
	return &component.NavItem{
		Label: "Merge " + words.Name(d.Name) + " into " + words.Name(other.Name),
		URL:   path.With(path.MergeSkill(string(id)), url.Values{"into": {string(other.ID)}}),
	}
}

// skillSays is the line below a skill's name.
func skillSays(s peopledb.ListedSkill, usual float64) string {
	says := words.UpperFirst(skillUse(s.People, s.Projects)) + "; "
	if s.Kind == skein.Practice {
		says += "how somebody leads; "
	}
	says += Fades(s.HalfLifeDays, usual) + "."
	if s.Retired {
		says += " Not used any more."
	}
	return says
}

// skillUse says of how many people something is shown, and how many leads ask for it.
func skillUse(people, projects int) string {
	if people+projects == 0 {
		return "nobody and no lead yet"
	}
	return words.Count(people, "person", "people") + ", " + words.Count(projects, "lead", "leads")
}

// Skill is one skill as an administrator sees it.
func Skill(s peopledb.SkillPage, usual float64, asked bool) page.SkillData {
	d := page.SkillData{
		ID: string(s.ID), Name: s.Name, Says: skillSays(s.ListedSkill, usual), Version: strconv.Itoa(s.Version),
		Typed: s.Name, Kind: string(s.Kind), Kinds: skillKinds, Others: s.Others, Retired: s.Retired, Asked: asked,
		URI: s.URI, Within: s.Within, Fades: strconv.Itoa(s.HalfLifeDays), Usual: stretchOf(int(usual)),
	}
	d.Fadings = fadingsOf(s.HalfLifeDays, d.Usual)
	for _, like := range s.Like {
		d.Like = append(d.Like, component.NavItem{
			Label: like.Name, URL: path.With(path.MergeSkill(string(s.ID)), url.Values{"into": {string(like.ID)}}),
		})
	}
	return d
}

// fadingsOf are the answers of how fast it fades, with the one that holds among them.
func fadingsOf(days int, usual string) []component.Option {
	options := []component.Option{{Value: "0", Label: "As most do: by half in " + usual}}
	there := days == 0
	for _, n := range fadings {
		there = there || n == days
		options = append(options, component.Option{Value: strconv.Itoa(n), Label: "By half in " + stretchOf(n)})
	}
	if !there {
		options = append(options, component.Option{Value: strconv.Itoa(days), Label: "By half in " + stretchOf(days)})
	}
	return append(options, component.Option{Value: page.FadesOther, Label: "In another number of days, below"})
}

// SkillMerge is what merging one skill into another does.
func SkillMerge(from, into peopledb.SkillPage, usual float64) page.SkillMergeData {
	d := page.SkillMergeData{
		ID: string(from.ID), Name: from.Name, Into: string(into.ID), IntoName: into.Name,
		Version: strconv.Itoa(from.Version), IntoVersion: strconv.Itoa(into.Version),
		Stays: words.UpperFirst(Fades(into.HalfLifeDays, usual)) + ", and is of this kind: " + words.LowerFirst(skillKindSays[into.Kind]) + ".",
	}
	if from.People+from.Projects == 0 {
		d.Moves = append(d.Moves, "Nothing that others see: nothing speaks for anybody in it, and no lead asks for it.")
	}
	if from.People > 0 {
		d.Moves = append(d.Moves, "What speaks for "+words.Count(from.People, "person", "people")+" in "+words.Name(from.Name)+". Where both have a word of the same source and day, the stronger stays.")
	}
	if from.Projects > 0 {
		d.Moves = append(d.Moves, "What "+words.Count(from.Projects, "lead asks", "leads ask")+" for. Where one asks for both, it asks for all that either asks for.")
	}
	if from.Wishes > 0 {
		d.Moves = append(d.Moves, "What "+words.Count(from.Wishes, "person wants", "people want")+" to try.")
	}
	if from.Children > 0 {
		d.Moves = append(d.Moves, words.UpperFirst(words.Count(from.Children, "skill", "skills"))+" that "+map[bool]string{true: "lies", false: "lie"}[from.Children == 1]+" within it.")
	}
	return d
}
