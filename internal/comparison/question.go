package comparison

import (
	"encoding/json"

	"skein/internal/skein"
)

// Question is what one phase of one project asks of whoever would lead it, with everything about
// the organisation that bears on the answer.
type Question struct {
	Project      skein.ProjectID
	Phase        skein.PhaseID
	State        skein.ProjectState
	Circle       skein.CircleID
	Situation    skein.Situation
	Requirements []skein.Requirement // the phase's own, in their order
	Struck       []skein.SkillID     // practices that the phase does without
	Trust        skein.Trust         // of the window that goes, else that holds then
	HoursPerWeek *float64            // nil: not stated
	Rotation     float64             // of the window that goes, else the circle's, else the nearest above that states one, else 0
	Matching     bool                // false: nobody is compared in this circle
	Guardrails   []skein.Guardrail
	People       int                   // active people with any evidence
	Holders      map[skein.SkillID]int // of these, those with evidence in the skill; none is absent
	HalfLives    map[skein.SkillID]int // days, where a skill has its own
	LastLeads    []skein.PersonID      // who held the primary lead, latest term first
	PlaceHours   []skein.PersonID      // whose free hours are less by HoursPerWeek for a place here, once for each
	AsOf         skein.Date            // evidence, leads and offers strictly before it count
}

// PolicyTables are the newest published tables of the matching as the store keeps them. Version 0
// means that none was published: the engine's own apply.
type PolicyTables struct {
	Version int
	Lens    json.RawMessage
	Trust   json.RawMessage
}

// Asking names what to compare with whom, as of which day.
type Asking struct {
	Projects  []skein.ProjectID
	People    []skein.PersonID // nil: every active person with any evidence
	Practices []skein.SkillID  // skills of the lens, to be read beside the phases' own
	AsOf      skein.Date
	Tables    *int // the version of the tables; nil: the newest, 0: the engine's own
	// Then asks how things stood on a day that may have passed: a lead that a file named for a day to come
	// counts from that day on, whenever the file was imported, and not from when it was promised.
	Then bool
	// Uncounted leaves out how many people have a skill. Zones and gates do not turn on it; fits do.
	Uncounted bool
	// Population, where it is known already, is not counted again.
	Population *Population
}

// Sides is what the store read for an asking: both sides, at one moment.
type Sides struct {
	Questions []Question // in the order asked, where projects were named; projects that do not exist are left out
	Facts     []Facts    // by person's id
	Policy    PolicyTables
	// Words for pages; the engine is never shown them.
	SkillNames  map[skein.SkillID]string
	PersonNames map[skein.PersonID]string  // the people compared, and whoever gave evidence
	Titles      map[skein.ProjectID]string // of the projects that they led before
	SourceNames map[string]string          // titles of the projects that evidence came from, where people are named
}

// Population counts whoever could lead as of a day, without reading them.
type Population struct {
	Day     skein.Date
	People  int                     // active people with any evidence
	Holders func(skein.SkillID) int // of these, those with evidence in the skill
	Number  int                     // another one when anything may have changed; 0: not numbered
}
