package page

import (
	"skein/web/component"
)

// AdminTeamsData is the list of circles as administrators keep it. Word and Words are what the organisation
// calls one and several.
type AdminTeamsData struct {
	Word, Words string
	Teams       []AdminTeamLine
	Gone        []AdminTeamGone
	New         NewTeamForm
	Call        TeamWordForm
}

// AdminTeamLine is one circle of the list.
type AdminTeamLine struct {
	ID, Name, Note string
	Depth          int    // how deep it is drawn; how deep it lies, up to a limit
	In             string // for whoever hears the list: "in Network"
}

// AdminTeamGone is one that was closed, with a sentence.
type AdminTeamGone struct {
	Name, Says string
}

// NewTeamForm makes a circle.
type NewTeamForm struct {
	Name, Purpose, ID, In string
	Places                []component.Option
	Wrong                 Wrong
}

// TeamWordForm changes what a circle is called.
type TeamWordForm struct {
	One, Many, Version string
	Wrong              Wrong
}

// AdminTeamData is one circle as administrators see it.
type AdminTeamData struct {
	ID, Name, Purpose string
	Word, Words       string
	Above             []component.NavItem // from the outermost
	State             string              // how many people, leads and circles it has
	Stewards          []AdminTeamSteward
	NoSteward         string // who looks after it without one
	Rename            RenameTeamForm
	Move              MoveTeamForm
	Steward           StewardForm
}

// AdminTeamSteward is one of its stewards.
type AdminTeamSteward struct {
	ID, Name string
}

// RenameTeamForm is what it is called and what it is for.
type RenameTeamForm struct {
	Name, Purpose, Version string
	Wrong                  Wrong
}

// MoveTeamForm is where it lies. Does says what the move would do besides, which is then done when it is
// sent again with Seen.
type MoveTeamForm struct {
	In, Version, Seen string
	Places            []component.Option
	Does              []string
	Wrong             Wrong
}

// StewardForm names stewards.
type StewardForm struct {
	Who    string
	People []string // names to complete with
	Wrong  Wrong
}

// CloseTeamData is what the close of a circle does, before it is done.
type CloseTeamData struct {
	ID, Name  string
	Word      string
	Says      []string // what goes where, a sentence each
	Again     []component.NavItem
	AgainSays string
	Moves     []component.NavItem // projects that belong elsewhere, and that it must move with
	MovesSays string
	Waits     []CloseTeamWait // it cannot be closed before these
	Cannot    string          // why not otherwise
	Version   string
	Changed   bool // it was shown otherwise before
}

// CloseTeamWait is a project that has to be waited for, and why.
type CloseTeamWait struct {
	component.NavItem
	Why string
}

func (d CloseTeamData) may() bool { return len(d.Waits) == 0 && d.Cannot == "" }
