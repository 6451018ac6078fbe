package page

import (
	"net/url"

	"skein/web/component"
	"skein/web/path"
)

// SkillsData is a page of the skills that there are.
type SkillsData struct {
	Words  string
	Show   string
	First  bool
	Next   string
	Skills []SkillLine
	Pairs  []SkillPair
}

// SkillLine is one line of the list.
type SkillLine struct {
	ID, Name, Says string
}

// SkillPair is two skills that look like one.
type SkillPair struct {
	A, B, URL string
}

// skillShows lists what the list can be narrowed to.
var skillShows = []component.Option{
	{Value: "", Label: "all that are used"},
	{Value: "practice", Label: "how somebody leads"},
	{Value: "retired", Label: "those not used any more"},
}

// SkillShowKnown tells whether the list can be narrowed to that.
func SkillShowKnown(show string) bool {
	for _, option := range skillShows {
		if option.Value == show {
			return true
		}
	}
	return false
}

func (d SkillsData) sentence() component.Sentence {
	return component.Sentence{
		Action: path.AdminSkills,
		Phrases: []component.Phrase{
			{Words: "Skills: "},
			{Choice: &component.Choice{Name: "show", Label: "Which", Options: skillShows, Value: d.Show}},
		},
		Hidden: []component.Hidden{{Name: "q", Value: d.Words}},
	}
}

func (d SkillsData) beginning() (label, address string) {
	if d.First {
		return "", ""
	}
	return "From the beginning", path.With(path.AdminSkills, url.Values{"q": {d.Words}, "show": {d.Show}})
}

// FadesOther is the answer that says: the number of days is typed below.
const FadesOther = "other"

// SkillData is one skill as an administrator sees it, and its forms as typed.
type SkillData struct {
	ID, Name, Says string
	Version        string
	Typed          string             // the name
	Taken          *component.NavItem // the merge with the skill that is called as typed; nil: none is
	Kind, Fades    string
	Days           string
	Kinds, Fadings []component.Option
	Others         []string // its other names
	Like           []component.NavItem
	Retired, Asked bool // Asked: the published tables ask for it
	URI, Within    string
	Usual          string // how long most take to fade by half
	Into           string // what it is the same as, as typed
	Meant          []component.Meant
	Known          []string
	Wrong          Wrong
	Stale          string // what it is now, where somebody else changed it meanwhile
}

// SkillMergeData is what merging one skill into another does.
type SkillMergeData struct {
	ID, Name, Into, IntoName string
	Version, IntoVersion     string
	Moves                    []string
	Stays                    string
	Cannot                   string // why not, and who can change that
}
