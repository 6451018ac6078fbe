package exchange

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode"

	"skein/internal/skein"
)

func layoutOf(file string) (layout, bool) {
	i := slices.IndexFunc(layouts, func(l layout) bool { return l.file == file })
	if i < 0 {
		return layout{}, false
	}
	return layouts[i], true
}

// otherWords are what else people call the columns, without case, spaces and marks: see squeezed.
var otherWords = map[string]map[string][]string{
	CirclesFile: {
		"id":      {"teamid", "circleid", "code", "key", "teamno", "unitid", "unitcode", "nummer", "kuerzel"},
		"name":    {"team", "teamname", "circle", "unit", "department", "unitname", "abteilung", "bezeichnung"},
		"parent":  {"parentid", "parentteam", "within", "partof", "above", "parentunit", "uebergeordnet", "reportsinto"},
		"purpose": {"description", "whatfor", "mission", "aim", "zweck"},
	},
	PeopleFile: {
		"id":             {"staffno", "staffnumber", "staffid", "personid", "employeeid", "employeenumber", "employeeno", "personnelnumber", "personnelno", "number", "userid", "username", "login", "personalnummer", "personalnr", "persnr", "mitarbeiternummer", "mitarbeiternr", "nr", "no"},
		"name":           {"fullname", "displayname", "person", "employee", "employeename", "staffname", "who", "mitarbeiter", "mitarbeiterin"},
		"email":          {"mail", "emailaddress", "mailaddress", "workemail", "address", "emailadresse"},
		"circle":         {"team", "unit", "department", "dept", "teamid", "circleid", "group", "abteilung", "bereich"},
		"hours_per_week": {"hours", "hoursaweek", "projecthrs", "projecthours", "freehours", "hrs", "hrsperweek", "hoursfree", "capacity", "stunden", "stundenprowoche", "wochenstunden", "stdwoche", "stdprowoche", "stundenwoche", "heures", "heuressemaine", "heuresparsemaine"},
		"active_from":    {"from", "start", "startdate", "firstday", "joined", "hired", "hiredate", "since", "eintritt", "eintrittsdatum"},
		"active_until":   {"until", "end", "enddate", "lastday", "leaves", "left", "leavingdate", "austritt", "austrittsdatum"},
		"manager":        {"managerid", "reportsto", "supervisor", "boss", "linemanager", "vorgesetzter", "vorgesetzte"},
	},
	SkillsFile: {
		"id":             {"skillid", "code", "key"},
		"name":           {"skill", "skillname", "competence", "competency", "faehigkeit"},
		"kind":           {"type", "category", "art"},
		"half_life_days": {"halflife", "fades", "fadesafter", "fadesin", "halflifedays"},
		"uri":            {"url", "link", "esco", "escouri"},
		"parent":         {"parentid", "partof", "within", "parentskill", "broader"},
	},
	PrioritiesFile: {
		"id":      {"priorityid", "key", "code", "no"},
		"title":   {"priority", "name", "goal", "objective", "aim", "ziel"},
		"weight":  {"importance", "rank", "gewicht"},
		"horizon": {"until", "by", "bywhen", "when", "due"},
		"measure": {"measuredby", "kpi", "metric", "judgedby", "keyresult"},
		"owner":   {"ownerid", "responsible", "who", "person"},
	},
	ProjectsFile: {
		"id":             {"projectid", "key", "code", "projectno", "projectnumber"},
		"title":          {"project", "name", "projectname", "projekt"},
		"group":          {"portfolio", "programme", "program"},
		"start_date":     {"start", "from", "begin", "begins", "starts", "startson", "beginn"},
		"requirements":   {"skills", "requires", "asksfor", "needs", "skillsneeded"},
		"purpose":        {"description", "whatfor", "why", "zweck"},
		"circle":         {"team", "unit", "department", "teamid", "circleid"},
		"priority":       {"priorityid", "goal", "objective"},
		"hours_per_week": {"hours", "hoursaweek", "hrs", "leadhours", "stunden"},
		"teams":          {"furtherteams", "otherteams", "moreteams"},
	},
	LeadsFile: {
		"project": {"projectid", "projectkey", "projekt"},
		"person":  {"personid", "lead", "leader", "leadid", "who", "staffno", "employeeid"},
		"role":    {"as", "leadrole", "rolle"},
		"from":    {"since", "start", "startdate", "started", "von"},
		"until":   {"ended", "end", "enddate", "to", "bis"},
		"ends_on": {"dueend", "due", "endson", "planneduntil"},
	},
	MatrixFile: {
		"id":          {"staffno", "staffnumber", "staffid", "personid", "employeeid", "employeenumber", "employeeno", "personnelnumber", "userid", "personalnummer", "personalnr", "persnr", "mitarbeiternummer", "mitarbeiternr"},
		"email":       {"mail", "emailaddress", "mailaddress", "workemail"},
		"observed_on": {"date", "assessedon"},
		"name":        {"fullname", "displayname", "employee", "person"},
	},
	EvidenceFile: {
		"person":      {"personid", "who", "staffno", "employeeid", "employee", "userid"},
		"skill":       {"skillid", "skillname", "competence", "competency", "topic"},
		"kind":        {"type", "saidby", "sourcetype", "art"},
		"level":       {"score", "rating", "grade", "stufe"},
		"observed_on": {"date", "on", "day", "when", "observed", "observedon", "assessedon", "datum"},
		"expires_on":  {"expires", "validuntil", "expiry", "expirydate", "expireson"},
		"given_by":    {"givenby", "by", "assessor", "ratedby", "giver"},
		"source":      {"reference", "document", "certificate", "quelle"},
	},
}

// neverComparedWords say that a column of people tells of grade, title, pay, age or how long somebody is here, which
// nothing is compared by.
var neverComparedWords = []string{
	"grade", "paygrade", "band", "level", "rank", "title", "jobtitle", "position", "role", "jobrole", "seniority", "salary", "pay", "wage", "wages",
	"compensation", "bonus", "age", "birthday", "birthdate", "dateofbirth", "dob", "born", "gender", "sex", "tenure", "yearsofservice", "nationality",
	"gehalt", "alter", "geburtsdatum", "titel", "funktion", "stelle", "besoldungsgruppe", "entgeltgruppe", "geschlecht",
}

// NeverCompared tells whether a heading of people.csv is of what is kept and never compared: grade, title, pay, age.
func NeverCompared(file, heading string) bool {
	return file == PeopleFile && slices.Contains(neverComparedWords, squeezed(heading))
}

// squeezed is a heading without case, spaces and marks.
func squeezed(heading string) string {
	folded := strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss").Replace(strings.ToLower(skein.NameKey(heading)))
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, folded)
}

// How like a heading is to a column: its name, what else it is called, or nearly one of these.
const (
	sameName  = 100
	otherName = 90
	nearly    = 60 // of 100 shared pairs of letters
)

// likeness tells how like a heading is to a column of a file, up to sameName.
func likeness(file, column, heading string) int {
	said := squeezed(heading)
	if said == "" || NeverCompared(file, heading) {
		return 0
	}
	if said == squeezed(column) {
		return sameName
	}
	best := 0
	for _, word := range append([]string{squeezed(column)}, otherWords[file][column]...) {
		if said == word {
			return otherName
		}
		if file == MatrixFile {
			continue // its columns are skills, which may be called anything
		}
		if share := pairsShared(said, word); share > best && share >= nearly {
			best = share - 10
		}
	}
	return best
}

// pairsShared is how many of 100 pairs of letters two words share.
func pairsShared(a, b string) int {
	if len(a) < 4 || len(b) < 4 {
		return 0
	}
	pairs := map[string]int{}
	for i := 0; i+2 <= len(a); i++ {
		pairs[a[i:i+2]]++
	}
	shared := 0
	for i := 0; i+2 <= len(b); i++ {
		if pairs[b[i:i+2]] > 0 {
			pairs[b[i:i+2]]--
			shared++
		}
	}
	return 200 * shared / (len(a) + len(b) - 2)
}

// GuessColumns says what each heading becomes in one of ReadNames, in lower case: by what was kept of an earlier
// choice, else by name and likeness, each column once. What is like none becomes "".
func GuessColumns(file string, headings []string, kept map[string]string) map[string]string {
	l, _ := layoutOf(file)
	becomes, taken := map[string]string{}, map[string]bool{}
	for _, heading := range headings {
		key := folded(heading)
		becomes[key] = ""
		if column, there := kept[key]; there && (column == "" || column == Ignored || slices.Contains(l.columns, column) && !taken[column] && !NeverCompared(file, heading)) {
			becomes[key] = column
			taken[column] = column != "" && column != Ignored
		}
	}
	type pair struct {
		heading, column string
		like, at        int
	}
	var pairs []pair
	for at, heading := range headings {
		if _, there := kept[folded(heading)]; there {
			continue
		}
		for _, column := range l.columns {
			if like := likeness(file, column, heading); like > 0 {
				pairs = append(pairs, pair{folded(heading), column, like, at})
			}
		}
	}
	slices.SortStableFunc(pairs, func(p, q pair) int { return cmp.Or(q.like-p.like, p.at-q.at) })
	for _, p := range pairs {
		if becomes[p.heading] == "" && !taken[p.column] {
			becomes[p.heading], taken[p.column] = p.column, true
		}
	}
	return becomes
}

// GuessKind says which of ReadNames a table is, of a file or a sheet of that name: by its headings, and a little by the
// name; "" where neither tells.
func GuessKind(name string, headings []string) string {
	if kind := kindOf(strings.TrimSuffix(folded(name), ".csv")); kind != "" {
		return kind
	}
	best, most := "", 0
	for _, file := range FileNames {
		if score := fits(file, headings); score+named(file, name) > most {
			best, most = file, score+named(file, name)
		}
	}
	if best == "" && looksLikeMatrix(headings) {
		return MatrixFile
	}
	return best
}

// looksLikeMatrix tells a table that says who somebody is and has many columns that are like none of ours.
func looksLikeMatrix(headings []string) bool {
	return len(headings) > 3 && slices.ContainsFunc(headings, func(h string) bool { return folded(h) == "email" || folded(h) == "id" })
}

// named is a little for a file whose name speaks of what it holds.
func named(file, base string) int {
	stem := strings.TrimSuffix(file, ".csv")
	if strings.Contains(squeezed(base), strings.TrimSuffix(stem, "s")) {
		return 150
	}
	return 0
}

// fits tells how well headings fit a file; nothing where one of the columns that it must have is missing and no
// other is there by name.
func fits(file string, headings []string) int {
	becomes := GuessColumns(file, headings, nil)
	l, _ := layoutOf(file)
	columns, required := l.columns, l.required
	like := map[string]int{}
	for _, heading := range headings {
		if column := becomes[folded(heading)]; column != "" {
			like[column] = likeness(file, column, heading)
		}
	}
	score, missing := 0, 0
	for c, column := range columns {
		score += like[column]
		if c < required && like[column] == 0 {
			missing++
		}
	}
	if score == 0 || missing == required {
		return 0
	}
	return score - missing*sameName
}

// SameName tells whether two names differ by case, spaces and marks alone.
func SameName(a, b string) bool { return squeezed(a) != "" && squeezed(a) == squeezed(b) }

// Near is the one of several that is most like what was typed; "" where none is near.
func Near(typed string, among map[string]string) string {
	best, most := "", nearly
	for _, id := range slices.Sorted(maps.Keys(among)) {
		for _, word := range []string{id, among[id]} {
			switch share := pairsShared(squeezed(typed), squeezed(word)); {
			case squeezed(word) == squeezed(typed) && squeezed(word) != "":
				return id
			case share > most:
				best, most = id, share
			}
		}
	}
	return best
}
