package skein

import (
	"strings"
	"time"
)

// Member is somebody in a project's team who has no term.
type Member struct {
	Project  ProjectID
	Person   PersonID
	JoinedAt time.Time
	LeftAt   time.Time
	Brings   string
}

// Joinable tells whether people may join a project's team, or shadow its lead.
func (s ProjectState) Joinable() error {
	switch s {
	case Draft:
		return Conflict{"It is still a draft. Its team begins when it is published."}
	case Completed, Cancelled:
		return Conflict{"It is " + s.Words() + ", so its team has gone on to other things."}
	}
	return nil
}

// AskToCoLead makes the question of whether somebody may lead beside the lead.
func AskToCoLead(p Project, phase PhaseID, by By, lead PersonID, clocks Clocks) (Term, error) {
	if err := p.State.Joinable(); err != nil {
		return Term{}, err
	}
	if lead == "" {
		return Term{}, Conflict{"Nobody leads it yet, so there is nobody to ask. Claim it, or claim it with someone."}
	}
	if lead == by.Person {
		return Term{}, Conflict{"You lead it already."}
	}
	return Term{
		Project: p.ID, Phase: phase, Person: by.Person, Role: CoLead, State: TermAsked,
		OfferedAt: by.At, AnswerBy: by.At.Add(clocks.Answer), EndsOn: p.EndOn,
	}, nil
}

// OfferCoLead asks somebody, in the name of whoever leads it, whether they would lead it beside them.
func OfferCoLead(p Project, phase PhaseID, person PersonID, by By, clocks Clocks) Term {
	return Term{
		Project: p.ID, Phase: phase, Person: person, Role: CoLead, State: TermOffered,
		OfferedAt: by.At, AnswerBy: by.At.Add(clocks.Answer), EndsOn: p.EndOn,
	}
}

// AnswerToCoLead is the yes or no of whoever was asked to lead beside the lead. Their yes asks the lead, as if they had
// asked by themselves. To others there is no such question; a settled one is a conflict.
func (t *Term) AnswerToCoLead(by By, yes bool, clocks Clocks) error {
	next := TermDeclined
	if yes {
		next = TermAsked
	}
	switch {
	case t.Person != by.Person || t.Role != CoLead:
		return ErrNotFound
	case t.State != TermOffered || !t.State.MayBecome(next):
		return Conflict{"This was settled before."}
	}
	t.State, t.AnsweredAt = next, by.At
	if yes {
		t.AnswerBy = by.At.Add(clocks.Answer)
	}
	return nil
}

// TakesHours tells whether a place takes its hours of whoever holds it, or was offered it. To be asked to lead beside
// somebody takes none: they have said nothing yet.
func (t Term) TakesHours() bool {
	return t.Role != Shadow && t.State.Counts() && (t.Role != CoLead || t.State != TermOffered)
}

// Sought tells whether somebody was asked to lead beside the lead and has said yes or nothing yet: not who asks by
// themselves.
func (t Term) Sought() bool {
	return t.Role == CoLead && (t.State == TermOffered || t.State == TermAsked && !t.AnsweredAt.IsZero())
}

// AnswerCoLead is the lead's yes or no to somebody who asked to lead beside them: not to themselves, who may stand in
// for the lead.
func (t *Term) AnswerCoLead(by By, lead PersonID, yes bool) error {
	if by.Person != "" && by.Person == t.Person {
		return Refused{Why: "You asked this yourself, so it is not yours to answer.", Who: "The lead answers it. You can take your question back on the project’s page."}
	}
	if lead == "" || by.Person != lead {
		return Refused{Why: "Only the lead answers this.", Who: "Ask the lead."}
	}
	next := TermDeclined
	if yes {
		next = TermLive
	}
	if t.Role != CoLead || t.State != TermAsked || !t.State.MayBecome(next) {
		return Conflict{"This was settled before."}
	}
	t.State, t.AnsweredAt = next, by.At
	if yes {
		t.From, t.LiveAt = by.Day, by.At
	}
	return nil
}

// BeginShadow is a place beside the lead that is kept for learning. Nobody has to be asked.
func BeginShadow(p Project, phase PhaseID, by By, lead PersonID) (Term, error) {
	if err := p.State.Joinable(); err != nil {
		return Term{}, err
	}
	if lead == by.Person {
		return Term{}, Conflict{"You lead it already."}
	}
	return Term{
		Project: p.ID, Phase: phase, Person: by.Person, Role: Shadow, State: TermLive,
		From: by.Day, LiveAt: by.At, EndsOn: p.EndOn,
	}, nil
}

// MaxBrings is the most characters in which somebody says what they bring to a team.
const MaxBrings = 120

// Check reports what is wrong with what a member of a team says.
func (m Member) Check() error {
	var bad Invalid
	bad.Add(len([]rune(m.Brings)) > MaxBrings, "brings", "Say what you bring in 120 characters or fewer.")
	bad.Short("brings", m.Brings)
	return bad.Err()
}

// InTheWay makes a draft project of a problem that somebody told in their own words: its first
// sentence is the title, all of it the purpose.
func InTheWay(says string, person Person, at time.Time) (Project, error) {
	says = strings.TrimSpace(says)
	var bad Invalid
	bad.Words("says", says, "Say what is in the way, in a sentence or two.")
	bad.Add(len([]rune(says)) > 1000, "says", "Say it in 1,000 characters or fewer. The rest can follow.")
	title := firstWords(says, 80)
	bad.Add(len(bad) == 0 && Blank(title), "says", "Say what is in the way, in a sentence or two.")
	if err := bad.Err(); err != nil {
		return Project{}, err
	}
	return Project{
		Title: title, Purpose: says, Circle: person.Circle, ProposedBy: person.ID,
		State: Draft, Trust: Weighed, Template: "fix", MadeAt: at,
	}, nil
}

// firstWords is the first sentence of a text, cut at a word where it is long.
func firstWords(text string, most int) string {
	line, _, _ := strings.Cut(text, "\n")
	line = Tidy(line)
	for _, end := range []string{". ", "! ", "? "} {
		if i := strings.Index(line, end); i > 0 {
			line = line[:i]
		}
	}
	line = strings.TrimRight(strings.TrimSpace(line), ".!? ")
	if runes := []rune(line); len(runes) > most {
		line = string(runes[:most])
		if i := strings.LastIndexByte(line, ' '); i > most/2 {
			line = line[:i]
		}
		line = Tidy(line) + "…" // a joiner at the cut joins nothing
	}
	return line
}
