package exchange

import (
	"slices"
	"strings"
)

// What the values of a column say of it, where its heading may not.

// valuesOf are those of a column that are not blank.
func valuesOf(rows [][]string, at int) (all []string) {
	for _, row := range rows {
		if at < len(row) && strings.TrimSpace(row[at]) != "" {
			all = append(all, strings.TrimSpace(row[at]))
		}
	}
	return all
}

func every(values []string, is func(string) bool) bool {
	return len(values) > 0 && !slices.ContainsFunc(values, func(v string) bool { return !is(v) })
}

func isAddress(value string) bool {
	name, host, at := strings.Cut(value, "@")
	return at && name != "" && strings.Contains(host, ".") && !strings.ContainsAny(value, " ,;")
}

func isLevel(value string) bool {
	n, whole := parseWhole([]byte(value))
	return whole && n <= 5
}

// GuessKindOf is GuessKind for a table of which some rows are known: many columns that hold levels alone make a skills
// matrix, whatever says who the rows are.
func GuessKindOf(name string, headings []string, rows [][]string) string {
	kind := GuessKind(name, headings)
	named := kindOf(strings.TrimSuffix(folded(name), ".csv")) != ""
	if named || kind != "" && kind != PeopleFile && kind != SkillsFile && fits(kind, headings) > 0 {
		return kind
	}
	known := GuessColumns(PeopleFile, headings, nil)
	levels, others := 0, 0
	for at, heading := range headings {
		values := valuesOf(rows, at)
		switch {
		case heading != "" && known[folded(heading)] == "" && !NeverCompared(PeopleFile, heading) && every(values, isLevel):
			levels++
		case len(values) > 0:
			others++
		}
	}
	if others > 0 && levels > 1 && levels > others {
		return MatrixFile
	}
	return kind
}

// GuessWho puts right, by what some rows say, which columns of a skills matrix tell who somebody is: one of addresses
// is no id, and where no heading tells, it is the first column that holds no levels and says something else in
// each row. What was chosen before stays.
func GuessWho(columns map[string]string, headings []string, rows [][]string, kept map[string]string) {
	of := func(column string) (heading string, at int) {
		at = slices.IndexFunc(headings, func(h string) bool { return h != "" && columns[folded(h)] == column })
		if at < 0 {
			return "", -1
		}
		return folded(headings[at]), at
	}
	settle := func(from, to string, is func(string) bool) {
		heading, at := of(from)
		if _, chosen := kept[heading]; at < 0 || chosen || !every(valuesOf(rows, at), is) {
			return
		}
		if _, taken := of(to); taken < 0 {
			columns[heading] = to
		}
	}
	settle("id", "email", isAddress)
	settle("name", "email", isAddress)
	settle("email", "id", func(v string) bool { return !strings.Contains(v, "@") })
	if _, there := of("id"); there >= 0 {
		return
	}
	if _, there := of("email"); there >= 0 {
		return
	}
	for at, heading := range headings {
		values := valuesOf(rows, at)
		_, chosen := kept[folded(heading)]
		becomes := columns[folded(heading)]
		ids := becomes == "" || becomes == "name" && every(values, func(v string) bool { return !strings.Contains(v, " ") })
		if heading == "" || chosen || !ids || len(values) == 0 || every(values, isLevel) {
			continue
		}
		once := slices.Compact(slices.Sorted(slices.Values(values)))
		switch {
		case every(values, isAddress):
			columns[folded(heading)] = "email"
		case len(once) == len(values):
			columns[folded(heading)] = "id"
		default:
			continue
		}
		return
	}
}
