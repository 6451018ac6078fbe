package exchange

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"skein/internal/folder"
	"skein/internal/skein"
)

// matrixLayout is the skills matrix: people as rows, skills as columns. A column that says people's names, for
// whoever fills it in, is passed over.
var matrixLayout = layout{MatrixFile, []string{"id", "email", "kind", "observed_on", "name"}, 0, false}

const (
	matrixID = iota
	matrixEmail
	matrixKind
	matrixObserved
	matrixName
)

// mostMatrixSkills is how many columns of skills are read of a matrix. Beyond that it is something else.
const mostMatrixSkills = 2000

// matrix is what is the same for each row of a skills matrix.
type matrix struct {
	addresses map[string]skein.PersonID // whose an e-mail address is
	today     skein.Date
	skills    []skein.SkillID // of the columns behind the layout's
	isPerson  func(skein.PersonID) bool
}

// readMatrix checks every row. How many pieces of evidence are in it is not known before.
func (g *gathering) readMatrix(t *table) {
	m := matrix{addresses: g.everyAddress(), today: g.known.Day, isPerson: g.isPerson}
	if m.today.IsZero() {
		m.today = skein.Day(time.Now())
	}
	row, ok := m.begin(t)
	for ok && t.next() {
		g.matrixPerson(t, &m)
		row(func(row folder.EvidenceRow) bool {
			if !t.bad {
				g.add(&row)
				t.pieces++
			}
			return true
		})
	}
	t.broken = t.broken || !ok
	g.from.tables = append(g.from.tables, evidenceTable{layout: matrixLayout, called: t.called, begin: m.begin})
}

// everyAddress is whose each e-mail address is, in lower case: what the folder says goes before.
func (r *reader) everyAddress() map[string]skein.PersonID {
	all := make(map[string]skein.PersonID, len(r.known.People)+len(r.addresses))
	for id, address := range r.known.People {
		if address != "" && !r.people[id] {
			all[address] = id
		}
	}
	maps.Copy(all, r.addresses)
	return all
}

// begin reads the header: which columns are skills. It is false where there is no telling who the rows are.
func (m *matrix) begin(t *table) (rowReader, bool) {
	t.bad = false
	nobody := t.at[matrixID] < 0 && t.at[matrixEmail] < 0
	if nobody && len(t.unnamed) > 0 && t.unnamed[0] < t.width { // the corner of a matrix is often left empty
		t.at[matrixID], t.unnamed, nobody = t.unnamed[0], t.unnamed[1:], false
	}
	if nobody {
		says := "A column of a skills matrix says who somebody is: id, or email."
		if t.report.asking {
			says = "Say above which column tells who somebody is: an id, or an e-mail address. A name alone does not tell."
		}
		t.problemAt(0, "", "%s", says)
		return nil, false
	}
	extra := t.extra
	t.extra = nil
	if len(extra) == 0 {
		t.problemAt(0, "", "No column is a skill. A skills matrix has the skills as columns, beside %s.", strings.Join(t.columns, ", "))
		return nil, false
	}
	if len(extra) > mostMatrixSkills {
		t.problemAt(0, "", "It has %d columns of skills; at most %d are read. People are the rows.", len(extra), mostMatrixSkills)
		return nil, false
	}
	t.columns = slices.Clone(t.columns)
	m.skills = make([]skein.SkillID, 0, len(extra))
	for _, x := range extra {
		c := len(t.at)
		t.columns, t.names, t.at = append(t.columns, x.said), append(t.names, x.said), append(t.at, x.at)
		skill := t.skillOf(c, []byte(x.name))
		if skill != "" {
			skill = t.spellings.mentioned(t, skill)
		}
		if other := slices.Index(m.skills, skill); other >= 0 && skill != "" {
			t.ofValue(c, "is the same skill as the column %s. Leave one of the two.", t.names[len(matrixLayout.columns)+other])
		}
		m.skills = append(m.skills, skill)
	}
	return func(each func(folder.EvidenceRow) bool) bool { return m.row(t, each) }, !t.bad
}

// matrixPerson reports a row of somebody who is nowhere to be found.
func (g *gathering) matrixPerson(t *table, m *matrix) {
	switch c, id, address := m.whose(t); {
	case t.bad:
	case id != "":
		g.checkPerson(t, c, id)
	case address == "":
		t.ofValue(m.who(t), "is blank.")
	case m.addresses[address] == "":
		if t.bad = true; !g.unsure[PeopleFile] {
			t.missing(c, PeopleFile, address,
				fmt.Sprintf("Nobody has the e-mail address %s, neither in %s nor in Skein.", shown([]byte(address)), g.files.called(PeopleFile)))
		}
	}
}

// whose says whom the present row is about, and which column says so: by an id, or by an address in lower case. What
// stands there decides which of the two it is, whatever the column is called: an address has an @, but so may an id.
func (m *matrix) whose(t *table) (c int, id skein.PersonID, address string) {
	for _, c := range []int{matrixID, matrixEmail} {
		value := t.trimmed(c)
		if len(value) == 0 {
			continue
		}
		if bytes.ContainsRune(value, '@') && !m.isPerson(t.kept(skein.PersonID(value))) {
			return c, "", strings.ToLower(t.email(c))
		}
		return c, t.person(c), ""
	}
	return matrixID, "", ""
}

// who is the column that says who somebody is.
func (m *matrix) who(t *table) int {
	if t.at[matrixID] >= 0 {
		return matrixID
	}
	return matrixEmail
}

// row hands out what a row says: of each skill that has a level, a piece of evidence.
func (m *matrix) row(t *table, each func(folder.EvidenceRow) bool) (stopped bool) {
	if t.bad {
		return false
	}
	_, person, address := m.whose(t)
	e := skein.Evidence{
		Person:     person,
		Kind:       choice(t, matrixKind, skein.EvidenceKinds...),
		ObservedOn: t.date(matrixObserved),
	}
	if e.Person == "" {
		e.Person = m.addresses[address]
	}
	if e.Kind == "" {
		e.Kind = skein.Self
	}
	if e.ObservedOn.IsZero() {
		e.ObservedOn = m.today
	}
	levels := make([]int, len(m.skills))
	for i := range m.skills {
		levels[i] = t.level(len(matrixLayout.columns) + i)
	}
	for i, skill := range m.skills {
		if e.Level = levels[i]; e.Level == 0 || t.bad { // nothing that could be evidence
			continue
		}
		if e.Skill = skill; !each(folder.EvidenceRow{Evidence: e}) {
			return true
		}
	}
	return false
}

// level reads a cell of a matrix: blank and 0 are none.
func (t *table) level(c int) int {
	value := bytes.TrimSpace(t.raw(c))
	if len(value) == 0 {
		return 0
	}
	n, ok := parseWhole(value)
	if !ok || n > 5 {
		t.problem(c, "A level is a whole number from 0 to 5; this says %s. %s", shown(value),
			fmt.Sprintf("If %s is no skill, take the column away.", shown([]byte(t.names[c]))))
		return 0
	}
	return n
}
