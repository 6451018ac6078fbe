package exchange

import (
	"bytes"
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

// requirements reads skill:importance[:level[:must]] joined by bars.
func (r *reader) requirements(t *table, c int) []skein.Requirement {
	value := t.raw(c)
	if len(bytes.TrimSpace(value)) == 0 {
		return nil
	}
	start := t.rec.fields[t.at[c]].start
	if t.rec.raw[start] == '"' {
		start++
	}
	var list []skein.Requirement
	for item := range bytes.SplitSeq(value, []byte{'|'}) {
		if len(list) == skein.MostRequirements {
			t.problemAt(start, t.columns[c], "A project asks for %d skills at most; this is one more. Keep those that matter.", skein.MostRequirements)
			break
		}
		q, why := parseRequirement(strings.TrimSpace(string(item)), r.isSkill)
		if why == "" && slices.ContainsFunc(list, func(p skein.Requirement) bool { return p.Skill == q.Skill }) {
			why = "The skill " + shown([]byte(q.Skill)) + " is asked for twice."
		}
		if why != "" {
			t.problemAt(start, t.columns[c], "%s", why)
		} else {
			list = append(list, q)
		}
		start += len(item) + 1
	}
	return list
}

// isSkill tells whether the skill has been named so far.
func (r *reader) isSkill(id skein.SkillID) bool {
	_, there := r.known.Skills[id]
	return there || r.skills[id]
}

// parseRequirement reads one requirement, or says why it is none.
func parseRequirement(item string, isSkill func(skein.SkillID) bool) (q skein.Requirement, why string) {
	name, rest := cutSkill(item, isSkill)
	q = skein.Requirement{Skill: skein.SkillID(name), Level: defaultLevel}
	if name == "" || len(name) > maxID || skein.CheckID(name) != nil {
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

// cutSkill separates the skill's id from what is said of it. An id may have colons itself (many
// are addresses); it is then told by its being a skill already.
func cutSkill(item string, isSkill func(skein.SkillID) bool) (name string, rest []string) {
	parts := strings.Split(item, ":")
	for n := len(parts) - 1; n > 1; n-- {
		if id := strings.Join(parts[:n], ":"); isSkill(skein.SkillID(id)) {
			return id, trimAll(parts[n:])
		}
	}
	return strings.TrimSpace(parts[0]), trimAll(parts[1:])
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
