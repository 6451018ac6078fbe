package skein

import (
	"strings"
	"time"
)

// AskClock is how long a colleague has to answer a question about somebody.
const AskClock = 14 * 24 * time.Hour

// MaxSkillName is the most characters a skill's name has.
const MaxSkillName = 80

// MaxEarlier is the most characters in which somebody names a lead that they had before.
const MaxEarlier = 120

// Ask is one question to one colleague about one person's skill.
type Ask struct {
	ID         AskID
	Person     PersonID // whom it is about, and who asked
	Skill      SkillID
	Of         PersonID // who is asked
	About      string   // a lead they had before; empty: the skill as such
	AskedAt    time.Time
	AnswerBy   time.Time
	AnsweredAt time.Time
}

// Answer is what a colleague says to an ask, or unasked.
type Answer struct {
	CannotSay bool
	Level     int // 0 to 5, as in Levels
	Note      string
}

// Check reports what is wrong with an answer.
func (a Answer) Check() error {
	var bad Invalid
	bad.Add(!a.CannotSay && (a.Level < 0 || a.Level > 5), "level", "Choose one of the answers.")
	bad.Add(len([]rune(a.Note)) > 300, "note", "Say it in 300 characters or fewer.")
	bad.Long("note", a.Note)
	return bad.Err()
}

// Check reports what is wrong with what the ask is about.
func (a Ask) Check() error {
	var bad Invalid
	bad.Add(len([]rune(a.About)) > MaxEarlier, "what", "Say what it was, in a few words.")
	bad.Short("what", a.About)
	return bad.Err()
}

// MayAnswer reports why by may not answer the ask.
func (a Ask) MayAnswer(by PersonID) error {
	if a.Of != by {
		return ErrNotFound
	}
	if !a.AnsweredAt.IsZero() {
		return Conflict{"You have answered this already."}
	}
	return nil
}

// MayEndorse reports why by may not speak for of.
func MayEndorse(by, of PersonID) error {
	if by == of {
		return Refused{
			Why: "Nobody endorses themselves.",
			Who: "Say it as your own word in your settings, or ask a colleague.",
		}
	}
	return nil
}

// CheckRating reports what is wrong with one's own word.
func CheckRating(level int) error {
	var bad Invalid
	bad.Add(level < 1 || level > 5, "level", "Choose one of the answers.")
	return bad.Err()
}

// SkillName tidies a skill's name as typed, and reports what is wrong with it.
func SkillName(typed string) (string, error) {
	name := Composed(strings.Join(strings.Fields(typed), " "))
	var bad Invalid
	bad.Name("skill", name, "Name the skill in a word or two.")
	bad.Add(len([]rune(name)) > MaxSkillName, "skill", "Name it in 80 characters or fewer.")
	return name, bad.Err()
}
