package view

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"skein/internal/match"
	logdb "skein/internal/postgres/log"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/page"
)

// auditTeller says in sentences what one row of the log holds besides who did what to whom. What it has
// no words for (ids, codes) it leaves to the copy of the log.
type auditTeller struct {
	row   logdb.AuditRow
	clock words.Clock
	org   skein.Organisation
}

func (x auditTeller) text(key string) string { says, _ := x.row.Details[key].(string); return says }

func (x auditTeller) number(key string) int { n, _ := x.row.Details[key].(float64); return int(n) }

func (x auditTeller) true(key string) bool { yes, _ := x.row.Details[key].(bool); return yes }

// person names whom a detail is about; "": nobody, or somebody who is not known here any more.
func (x auditTeller) person(key string) string { return x.row.People[x.text(key)] }

func (x auditTeller) skill() string { return x.row.Skills[x.text("skill")] }

// quoted is what somebody typed.
func quoted(typed string) string {
	if typed = strings.TrimSpace(typed); typed == "" {
		return ""
	}
	return "“" + typed + "”"
}

// details are the sentences behind a row.
func (x auditTeller) details() string {
	var says []string
	if tell := auditTells[x.row.Action]; tell != nil {
		says = tell(x)
	}
	if x.row.Actor != "" && did[x.row.Action].ruled {
		says = append(says, "It followed from what "+cmp.Or(x.row.ActorName, someoneGone)+" did")
	}
	var all []string
	for _, one := range says {
		if one != "" {
			all = append(all, words.UpperFirst(words.EndSentence(one)))
		}
	}
	return strings.Join(all, " ")
}

// before sets a word before what is known; without that nothing is said.
func before(says, known string) string {
	if known == "" {
		return ""
	}
	return says + known
}

func fromTo(was, now string) []string {
	if was == now || now == "" {
		return []string{before("before: ", was)}
	}
	return []string{now, before("before: ", was)}
}

func (x auditTeller) moment(says, key string) string {
	at, err := time.Parse(time.RFC3339, x.text(key))
	if err != nil {
		return ""
	}
	return says + x.clock.Exact(at)
}

func (x auditTeller) reason() []string {
	return []string{quoted(x.text("reason")), x.text("why")}
}

func (x auditTeller) withLink() []string {
	if maker := x.text("link_made_by"); maker != "" {
		return []string{"with a link that " + words.Name(maker) + " made"}
	}
	return []string{map[string]string{
		"link": "with a link", "first link": "with the link of the first start", "organisation": "with the organisation's account",
	}[x.text("by")]}
}

func (x auditTeller) refused() []string {
	return []string{
		words.Several(x.number("wrong_passwords"), "wrong password or second step") + " within the hour, and " +
			words.Several(x.number("not_looked_at"), "attempt") + " that came too soon",
		"from " + words.Several(x.number("networks"), "network"),
	}
}

var answerWords = map[bool]string{true: "they said that they would", false: "they said not this time"}

var reviewIs = map[bool]string{true: "the doubt was right", false: "the pick was right"}

func (x auditTeller) asked() []string {
	about := before("about ", x.person("person"))
	if skill := x.skill(); skill != "" {
		about = strings.TrimSpace(about + " on " + skill)
	}
	says := []string{before("asked of ", x.person("asked_of")), about}
	if x.true("cannot_say") {
		says = append(says, "they could not say")
	}
	return says
}

func (x auditTeller) claimed() []string {
	says := []string{before("with ", x.person("with")), before("coached by ", x.person("coach"))}
	if x.true("unscored") {
		says = append(says, "without any score")
	}
	return says
}

func (x auditTeller) passed() []string {
	why := skein.Passed(x.text("why")).Words()
	return []string{before(cmp.Or(x.person("person"), "whoever it was offered to")+" ", why)}
}

func (x auditTeller) said() []string {
	says := x.skill()
	if level := x.number("level"); level > 0 && level < len(skein.Levels) {
		says = strings.TrimPrefix(says+": "+skein.Levels[level], ": ")
	}
	return []string{says, before("said by ", x.person("given_by"))}
}

func (x auditTeller) guardrail() []string {
	g := skein.Guardrail{Kind: skein.GuardrailKind(x.text("kind")), Number: x.number("number")}
	return []string{g.Rule(), quoted(x.text("reason")), x.owner()}
}

func (x auditTeller) owner() string {
	if owner := x.person("owner"); owner != "" {
		return "to be answered for by " + owner
	}
	return ""
}

func (x auditTeller) priority() []string {
	says := []string{quoted(x.text("title"))}
	if from, to := x.number("from"), x.number("to"); from > 0 && to > 0 {
		way := "down"
		if to < from {
			way = "up"
		}
		return append(says, "one place "+way)
	}
	return append(says, x.text("measure"), before("until ", x.text("horizon")), x.owner())
}

func (x auditTeller) template() []string {
	t, _ := match.TemplateByID(x.text("template"))
	return []string{before("begun as: ", inOwnWord(x.org, t.Name))}
}

func (x auditTeller) invited() []string {
	n := x.number("people")
	if n == 0 {
		return nil
	}
	return []string{words.Count(n, "person", "people")}
}

func (x auditTeller) coLead() []string {
	who := x.person("person")
	if who == "" {
		return nil
	}
	if skein.TermState(x.text("state")) == skein.TermLive {
		return []string{who + " leads beside them now"}
	}
	return []string{"not this time, " + who}
}

// fields says which of the fields that the log names were changed.
func (x auditTeller) fields(named map[string]string) string {
	var says []string
	switch changed := x.row.Details["changed"].(type) {
	case []any:
		for _, field := range changed {
			name, _ := field.(string)
			says = append(says, named[name])
		}
	case map[string]any:
		for name := range changed {
			says = append(says, named[name])
		}
	}
	slices.Sort(says)
	return words.List(slices.DeleteFunc(slices.Compact(says), func(s string) bool { return s == "" }))
}

func (x auditTeller) changedProject() []string {
	changed, _ := x.row.Details["changed"].(map[string]any)
	says := []string{x.fields(projectFields)}
	if both, ok := changed["trust"].([]any); ok && len(both) == 2 {
		was, _ := both[0].(string)
		now, _ := both[1].(string)
		says = append(says, trustMoved(was, now))
	}
	if both, ok := changed["hours"].([]any); ok && len(both) == 2 {
		was, _ := both[0].(float64)
		now, _ := both[1].(float64)
		says = append(says, words.Hours(was)+" before, "+words.Hours(now)+" now")
	}
	return append(says, x.moving())
}

// trustMoved says how it was trusted, and is now.
func trustMoved(was, now string) string {
	return skein.Trust(was).Words() + " before, " + skein.Trust(now).Words() + " now"
}

// opened says until when claims gather, and that the stakes raise what the lead is trusted by, where they do.
func (x auditTeller) opened() []string {
	says := []string{x.moment("until ", "closes_at")}
	if was := x.text("was_trust"); was != "" {
		says = append(says, trustMoved(was, x.text("trust"))+", as the stakes demand")
	}
	return says
}

func (x auditTeller) imported() []string {
	counts, _ := x.row.Details["counts"].(map[string]any)
	var says []string
	for _, of := range importedNouns {
		if of[0] == "circles" {
			of[1], of[2] = words.Name(x.org.CircleWord), words.Name(x.org.Circles())
		}
		tally, _ := counts[of[0]].(map[string]any)
		fresh, _ := tally["new"].(float64)
		changed, _ := tally["changed"].(float64)
		if fresh > 0 {
			says = append(says, words.Figure(int(fresh))+" new "+one(of, int(fresh)))
		}
		if changed > 0 {
			says = append(says, words.Figure(int(changed))+" changed "+one(of, int(changed)))
		}
	}
	out := ""
	if n := x.number("left_out"); n > 0 {
		out = words.Several(n, "row") + " that could not come in stayed out"
	}
	if len(says) == 0 {
		return []string{"nothing was new", out}
	}
	return []string{words.List(says), out}
}

// takenAlong says how much an export held.
func (x auditTeller) takenAlong() []string {
	rows, _ := x.row.Details["rows"].(map[string]any)
	all := 0
	for _, n := range rows {
		count, _ := n.(float64)
		all += int(count)
	}
	return []string{words.Counted(all, "row")}
}

// importedNouns are what an import counts: the log's name, one, many.
var importedNouns = [][3]string{
	{"circles", "", ""},
	{"people", "person", "people"},
	{"skills", "skill", "skills"},
	{"priorities", "priority", "priorities"},
	{"projects", "project", "projects"},
	{"leads", "place in front", "places in front"},
	{"evidence", "word on a skill", "words on skills"},
}

func one(of [3]string, n int) string {
	if n == 1 {
		return of[1]
	}
	return of[2]
}

// exported says which rows of the log somebody took along.
func (x auditTeller) exported() []string {
	var says []string
	add := func(label, value string) {
		if value != "" {
			says = append(says, label+" "+value)
		}
	}
	add("done by", quoted(x.text("who")))
	add("about", page.AuditNoun(x.text("noun")))
	add("of the kind:", cmp.Or(did[x.text("action")].says, quoted(strings.NewReplacer("_", " ", ".", " ").Replace(x.text("action")))))
	add("in the project", quoted(x.text("project")))
	day := func(text string) string {
		at, err := time.Parse(time.DateOnly, text)
		if err != nil {
			return ""
		}
		return x.clock.Date(at)
	}
	add("from", day(x.text("from")))
	add("to", day(x.text("until")))
	if len(says) == 0 {
		return []string{"all of it"}
	}
	return []string{strings.Join(says, ", ")}
}

// movedCircle says where a circle went, from where.
func (x auditTeller) movedCircle() []string {
	none := func(name string) string { return cmp.Or(words.Name(name), "no other") }
	return []string{"from " + none(x.text("was")) + " to " + none(x.text("to")), x.begunAgain()}
}

// closedCircle says what was in a circle that was closed, and where that went.
func (x auditTeller) closedCircle() []string {
	says := []string{words.Count(x.number("people"), "person", "people") + " and " + words.Count(x.number("projects"), "project", "projects")}
	if to := x.text("to"); to != "" {
		says[0] += " went to " + words.Name(to)
	} else {
		says[0] += " belong to no other"
	}
	return append(says, x.begunAgain())
}

// begunAgain says in how many projects claims began again by it.
func (x auditTeller) begunAgain() string {
	if n := x.number("restarted"); n > 0 {
		return "claims began again in " + words.Count(n, "project", "projects")
	}
	return ""
}

// skillSet is what a skill is now, and what of it was otherwise before.
func (x auditTeller) skillSet() []string {
	says := []string{quoted(x.text("name"))}
	if now, was := x.text("kind"), x.text("kind_was"); now != was {
		says = append(says, words.LowerFirst(skillKindSays[skein.SkillKind(now)]), before("before: ", words.LowerFirst(skillKindSays[skein.SkillKind(was)])))
	}
	if now, was := x.number("half_life_days"), x.number("half_life_days_was"); now != was {
		says = append(says, fadesAs(now), "before: "+fadesAs(was))
	}
	return says
}

func fadesAs(days int) string {
	if days == 0 {
		return "it fades as most do"
	}
	return "it fades by half in " + stretchOf(days)
}
