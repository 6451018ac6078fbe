package exchange

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"skein/internal/skein"
)

// defaultLevel is what is asked for where no level is given: on their own.
const defaultLevel = 3

// mustWords are how a file says that a requirement is a must-have, or is none.
var mustWords = map[string]bool{
	"must": true, "true": true, "yes": true, "1": true,
	"": false, "false": false, "no": false, "0": false,
}

// requirements reads skill:importance[:level[:must]] joined by bars. Of a skill that is asked for twice
// the stronger counts.
func (r *reader) requirements(t *table, c int) []skein.Requirement {
	value := t.raw(c)
	if len(bytes.TrimSpace(value)) == 0 {
		return nil
	}
	start := t.rec.fields[t.at[c]].start
	if !t.rec.cells && t.rec.raw[start] == '"' {
		start++
	}
	var list []skein.Requirement
	for item := range bytes.SplitSeq(value, []byte{'|'}) {
		q, why := r.requirement(t, c, start, strings.TrimSpace(string(item)))
		again := slices.IndexFunc(list, func(p skein.Requirement) bool { return p.Skill == q.Skill })
		switch {
		case why != "":
			t.problemAt(start, t.names[c], "%s", why)
		case again >= 0:
			list[again] = stronger(list[again], q)
			r.report.noteMany("skills that a project asks for twice", "%s: The skill %s is asked for twice; the stronger counts: %s.",
				t.where(), shown([]byte(q.Skill)), formatRequirements(list[again:again+1]))
		case len(list) == skein.MostRequirements:
			t.problemAt(start, t.names[c], "A project asks for %d skills at most; this is one more. Keep those that matter.", skein.MostRequirements)
			return list
		default:
			list = append(list, q)
		}
		start += len(item) + 1
	}
	return list
}

// stronger asks for all that either asks for.
func stronger(p, q skein.Requirement) skein.Requirement {
	return skein.Requirement{
		Skill: p.Skill, Importance: max(p.Importance, q.Importance), Level: max(p.Level, q.Level), Must: p.Must || q.Must,
	}
}

// requirement reads one, whose skill is in the spelling that is kept. A skill whose id has a colon, which
// nothing has named so far, waits for evidence.csv to name it.
func (r *reader) requirement(t *table, c, start int, item string) (skein.Requirement, string) {
	q, why := parseRequirement(item, func(id skein.SkillID) bool { return r.isSkill(r.spellings.one(id, true)) })
	if why != "" {
		return q, why
	}
	q.Skill = r.spellings.mentioned(t, q.Skill)
	if r.known.SkillsRetired[q.Skill] {
		r.report.noteMany("skills that are not used any more", "%s:%d: The skill %s is not used any more. It is asked for all the same.",
			t.called, t.rec.line, r.spellings.shown(q.Skill))
	}
	if strings.ContainsRune(string(q.Skill), ':') && !r.isSkill(q.Skill) {
		place := t.placed(start, t.names[c], unnamed(q.Skill, item))
		r.unnamed[q.Skill] = append(r.unnamed[q.Skill], place)
	}
	return q, ""
}

// unnamed says what is wrong with a requirement whose skill is read up to a later colon, when nothing
// names such a skill.
func unnamed(id skein.SkillID, item string) string {
	why := fmt.Sprintf("There is no skill %s, neither in %s nor in %s nor in Skein. Name it in %s, or end with its importance, level and must.",
		shown([]byte(id)), SkillsFile, EvidenceFile, SkillsFile)
	parts := strings.Split(item, ":")
	if strings.HasPrefix(parts[1], "//") { // of an address
		return why
	}
	_, other := parseParts(parts[0], parts[1:])
	return why + fmt.Sprintf(" If %s is the skill: %s", shown([]byte(parts[0])), other)
}

// nameless reports the requirements whose skill nothing names, once all files are read.
func (r *reader) nameless() {
	if r.unsure[EvidenceFile] || r.unsure[SkillsFile] {
		return
	}
	for _, id := range slices.Sorted(maps.Keys(r.unnamed)) {
		for _, problem := range r.unnamed[id] {
			r.report.add(problem)
		}
	}
}

// isSkill tells whether the skill has been named so far.
func (r *reader) isSkill(id skein.SkillID) bool {
	_, there := r.known.Skills[id]
	return there || r.skills[id]
}

// parseRequirement reads one requirement, or says why it is none. An id may have colons itself (many are
// addresses): it is read up to the last colon behind which there is a skill, or else up to the first
// behind which everything fits.
func parseRequirement(item string, isSkill func(skein.SkillID) bool) (q skein.Requirement, why string) {
	parts := strings.Split(item, ":")
	ends := func(n int) string { return tidySkill(strings.TrimSpace(strings.Join(parts[:n], ":"))) }
	for n := len(parts) - 1; n > 1; n-- {
		if id := ends(n); isSkill(skein.SkillID(id)) {
			return parseParts(id, parts[n:])
		}
	}
	first, whyFirst := parseParts(ends(1), parts[1:])
	if whyFirst == "" {
		return first, ""
	}
	for n := 2; n < len(parts); n++ {
		if q, why := parseParts(ends(n), parts[n:]); why == "" && !misread(ends(n)) {
			return q, ""
		}
	}
	return first, whyFirst
}

// parseParts reads what is asked of a skill: importance, level, must.
func parseParts(name string, rest []string) (q skein.Requirement, why string) {
	rest = trimAll(slices.Clone(rest))
	q = skein.Requirement{Skill: skein.SkillID(name), Level: defaultLevel}
	item := name + ":" + strings.Join(rest, ":")
	if name == "" || len(name) > maxID || skein.CheckID(name) != nil || skein.ReservedID(name) {
		return q, "Before the importance stands the id of a skill; this says " + shown([]byte(item)) + "."
	}
	if len(rest) == 0 || len(rest) > 3 {
		return q, "It is skill:importance, skill:importance:level or skill:importance:level:must; this says " + shown([]byte(item)) + "."
	}
	var ok bool
	if q.Importance, ok = oneToFive(rest[0]); !ok {
		return q, "The importance is a number from 1 to 5; this says " + shown([]byte(rest[0])) + "."
	}
	if len(rest) > 1 && (rest[1] != "" || len(rest) == 2) {
		if q.Level, ok = oneToFive(rest[1]); !ok {
			return q, "The level is a number from 1 to 5; this says " + shown([]byte(rest[1])) + "."
		}
	}
	if len(rest) > 2 {
		if q.Must, ok = mustWords[strings.ToLower(rest[2])]; !ok {
			return q, "The last part is must or nothing; this says " + shown([]byte(rest[2])) + "."
		}
	}
	return q, ""
}

func trimAll(parts []string) []string {
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return parts
}

// misread tells whether a skill's id would be taken for a shorter one with its importance.
func misread(id string) bool {
	i := strings.LastIndexByte(id, ':')
	if i < 0 {
		return false
	}
	_, digit := oneToFive(strings.TrimSpace(id[i+1:]))
	return digit
}

func oneToFive(s string) (int, bool) {
	n, ok := parseWhole([]byte(s))
	return n, ok && n >= 1 && n <= 5
}

// formatRequirements writes what parseRequirement reads.
func formatRequirements(list []skein.Requirement) string {
	var b strings.Builder
	for i, q := range list {
		if i > 0 {
			b.WriteByte('|')
		}
		b.WriteString(string(q.Skill))
		b.WriteByte(':')
		b.WriteString(strconv.Itoa(q.Importance))
		if q.Level != defaultLevel || q.Must {
			b.WriteByte(':')
			b.WriteString(strconv.Itoa(q.Level))
		}
		if q.Must {
			b.WriteString(":must")
		}
	}
	return b.String()
}
