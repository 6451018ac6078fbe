package match_test

import (
	"reflect"
	"regexp"
	"strings"
	"testing"

	"skein/internal/match"
)

var (
	seniority = []string{"grade", "title", "tenure", "age", "pay", "salary", "senior", "seniority", "rank", "hired", "joined", "born", "birthday", "wage", "attributes"}
	camel     = regexp.MustCompile(`[A-Z][a-z]*`)
)

// No input of the engine can carry grade, title, tenure, age or pay: its types have no such field
// and no bag into which one could slip. So permuting them in the data changes no ranking.
func TestNoInputHasAFieldForSeniority(t *testing.T) {
	t.Parallel()
	seen := map[reflect.Type]bool{}
	for _, in := range []any{match.Brief{}, match.Query{}, match.Candidate{}, match.Claimant{}, match.Policy{}, match.Best{}, match.Compared{}} {
		walk(t, reflect.TypeOf(in), reflect.TypeOf(in).Name(), seen)
	}
	if len(seen) < 20 {
		t.Fatalf("looked at %d types only", len(seen))
	}
}

func walk(t *testing.T, in reflect.Type, path string, seen map[reflect.Type]bool) {
	if seen[in] {
		return
	}
	seen[in] = true
	switch in.Kind() {
	case reflect.Interface:
		t.Errorf("%s can hold anything", path)
	case reflect.Pointer, reflect.Slice, reflect.Array:
		walk(t, in.Elem(), path, seen)
	case reflect.Map:
		walk(t, in.Key(), path, seen)
		walk(t, in.Elem(), path, seen)
	case reflect.Struct:
		if in.PkgPath() == "time" {
			return
		}
		for i := range in.NumField() {
			f := in.Field(i)
			for _, word := range camel.FindAllString(f.Name, -1) {
				for _, bad := range seniority {
					if strings.EqualFold(word, bad) {
						t.Errorf("%s.%s may hold %s", path, f.Name, bad)
					}
				}
			}
			walk(t, f.Type, path+"."+f.Name, seen)
		}
	}
}
