package pgtest

import (
	"regexp"

	"github.com/jackc/pgx/v5"
)

// unnamed is what in SQL is no name of an argument whatever stands in it: texts, names in quotes and comments.
var unnamed = regexp.MustCompile(`(?s)'[^']*'|"[^"]*"|--[^\n]*|/\*.*?\*/`)

var named = regexp.MustCompile(`@([a-zA-Z_][a-zA-Z0-9_]*)`)

// missing is the first named argument of a statement that it is not given; "": none. The driver puts null in its place,
// and what is compared with a day that is null holds for everybody.
func missing(sql string, args []any) string {
	for _, a := range args {
		given, ok := a.(pgx.NamedArgs)
		if !ok {
			continue
		}
		for _, name := range named.FindAllStringSubmatch(unnamed.ReplaceAllString(sql, ""), -1) {
			if _, there := given[name[1]]; !there {
				return name[1]
			}
		}
	}
	return ""
}
