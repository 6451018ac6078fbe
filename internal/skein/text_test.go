package skein_test

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"skein/internal/skein"
)

// nouns are one valid thing of each noun that has a Check.
var nouns = []any{
	skein.Absence{From: noon},
	skein.Answer{Level: 3, Note: "Seen."},
	skein.Ask{About: "The old works"},
	skein.Circle{Name: "Leaks", Purpose: "Fewer of them."},
	skein.Claim{Why: "I know the works."},
	skein.Counsel{Says: "Say it where it is true.\nNot elsewhere."},
	skein.Decision{Question: "Are hosepipes next?", Options: []string{"All streets.", "None."}, Area: "The daily note"},
	skein.Evidence{Source: "spring", Note: "Seen."},
	skein.GroupRole{Group: "/leaders", Hat: skein.Hat{Kind: skein.Executive}},
	skein.Guardrail{Kind: skein.LeadsAtOnce, Number: 2, Reason: "Nobody can lead three."},
	skein.HandoverText{
		Now: skein.NowStable, Summary: "It holds.", Actions: []skein.HandoverAction{{What: "Call Bram", Who: "Noor"}},
		Ifs: []skein.HandoverIf{{If: "it rains", Then: "wait"}},
	},
	skein.Hat{Kind: skein.Executive},
	skein.Link{Label: "The board", URL: "https://work.example.org"},
	skein.Member{Brings: "A pump"},
	skein.Organisation{Name: "Corriemere", CircleWord: "team", TimeZone: "Europe/London"},
	skein.OutcomeText{Result: skein.Reached, Led: "Asked first.", Again: "Ask first."},
	skein.Person{Name: "Ana Lima", About: "Pumps."},
	skein.Priority{Title: "Leaks down", Weight: 1, Measure: "Leaks", Horizon: "2027"},
	skein.Project{Title: "Night pressure", Group: "Leaks", Purpose: "Lower it.", JudgedBy: "Leaks", Trust: skein.Weighed, TrustReason: "New."},
	skein.Proposal{
		Project: skein.Project{Title: "Night pressure", Trust: skein.Weighed}, Phase: skein.Phase{Name: "First"},
		Needs: []skein.Need{{Kind: skein.NeedTools, What: "A pump"}},
		Remit: []skein.Remit{{Area: "The valves", Level: skein.ByAgreement, WithWhom: "the works"}},
	},
	skein.Question{Says: "Are hosepipes next?"},
	skein.RemitTerms{Hours: new(4.0), Rows: []skein.Remit{{Area: "The valves", Level: skein.ByAgreement, WithWhom: "the works"}}},
	skein.Requirement{Skill: "valves", Importance: 3, Level: 3},
	skein.Restatement{Why: "The Corrie fell below the mark."},
	skein.Ruling{Says: "Street by street", Reason: "To be believed."},
	skein.Review{What: "It was late."},
	skein.Situation{},
	skein.Skill{Name: "Valve data", URI: "https://corriemere.example/valves"},
	skein.Step{Says: "Ask the crews"},
	skein.RefuseUnknown,
	skein.Vision{Organisation: "Corriemere", Vision: "Clean water", Purpose: "For everybody."},
	skein.Word{State: skein.WordAtRisk, Says: "It slips."},
}

// notTyped are texts that nobody types as words: they have checks or keys of their own.
var notTyped = map[string]bool{
	"Person.Email": true, "Organisation.TimeZone": true, "Organisation.Currency": true,
	"Guardrail.ID": true, "Organisation.Vision": true, "Organisation.Purpose": true, // by Vision
	"Question.Answer": true,                                                    // by Reply
	"Decision.Area":   true, "Decision.Came": true, "Decision.EndReason": true, // of what the lead decides, by SayCame, by CheckReason
	"Phase.Why":   true,                        // by Restatement
	"Need.Reason": true,                        // by Refuse
	"Review.ID":   true, "Review.Answer": true, // by Settle
}

type checked interface{ Check() error }

// TestEveryTextOfEveryNounIsChecked puts what no text may hold into each text of each noun.
func TestEveryTextOfEveryNounIsChecked(t *testing.T) {
	t.Parallel()
	covered := map[string]bool{}
	for _, noun := range nouns {
		kind := reflect.TypeOf(noun)
		covered[kind.Name()] = true
		if err := noun.(checked).Check(); err != nil {
			t.Errorf("%s is no valid one: %v", kind.Name(), err)
		}
		for _, bad := range []string{"\u202e", "\u2066", "\x1b", "\x00", "\u0085"} {
			value := reflect.New(kind).Elem()
			value.Set(reflect.ValueOf(noun))
			spoil(kind.Name(), value, func(text reflect.Value, name string) {
				was := text.String()
				text.SetString(was + bad + "a")
				var invalid skein.Invalid
				if !errors.As(value.Interface().(checked).Check(), &invalid) || !strings.Contains(invalid.Error(), "cannot be seen (U+") {
					t.Errorf("%s takes %q", name, bad)
				}
				text.SetString(was)
			})
		}
	}
	for _, name := range withCheck(t) {
		if !covered[name] {
			t.Errorf("%s has a Check: say here what a valid one is", name)
		}
	}
}

// spoil calls with each text in a value, however deep.
func spoil(name string, value reflect.Value, with func(reflect.Value, string)) {
	switch value.Kind() {
	case reflect.Struct:
		for i := range value.NumField() {
			if value.Type().Field(i).IsExported() {
				spoil(value.Type().Name()+"."+value.Type().Field(i).Name, value.Field(i), with)
			}
		}
	case reflect.Slice:
		for i := range value.Len() {
			spoil(name, value.Index(i), with)
		}
	case reflect.String:
		if value.Type() == reflect.TypeFor[string]() && value.CanSet() && !notTyped[name] {
			with(value, name)
		}
	}
}

// withCheck lists the types of the package that have a Check.
func withCheck(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Name.Name == "Check" && f.Recv != nil {
				names = append(names, f.Recv.List[0].Type.(*ast.Ident).Name)
			}
		}
	}
	return names
}

func TestWhatANameMayHold(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		"Ana Lima", "X", "👩🏽\u200d🚒 Jo 🇨🇦", "می\u200cخواهم", "दे\u094d\u200dव", "Nguyễn Thị Minh Khai", "ʻOkina Kahaʻi", "محمد عبد الله",
		"<b>Tom</b> & \"Jerry\"", "❤\ufe0f Anna", "O’Neill", "-", "\u06dd١",
	} {
		if err := (skein.Person{Name: name}).Check(); err != nil {
			t.Errorf("%q is refused: %v", name, err)
		}
	}
	for _, name := range []string{
		"", " ", "\u200b", "\u2800", "\u3164", "\u00ad", "\ufe0f", "\u0301", "Ana\u200bLima", "Bob\u202eecila", "\u2068Ana\u2069", "Ana\nLima", "Ana\tLima",
		"Ana\u200d", "\u200dAna", "Ana \u200d Lima", "Ana\u200d\u200dLima", "Ana\ufeff", "Ana\u2028Lima", "Ana\x7f", "Ana\u009b31m", "Ana\u200f", "Ana\U000e0041",
	} {
		if err := (skein.Person{Name: name}).Check(); err == nil {
			t.Errorf("%q is taken", name)
		}
		if tidy := skein.Tidy(name); !skein.Blank(tidy) && (skein.Person{Name: tidy}).Check() != nil {
			t.Errorf("%q is no name when tidied: %q", name, tidy)
		}
	}
	if err := (skein.Person{Name: "Ana", About: "One.\n\tTwo \u200fשלום\u200e!"}).Check(); err != nil {
		t.Errorf("lines and marks of direction are refused: %v", err)
	}
}

func TestNamesThatPeopleTakeForOne(t *testing.T) {
	t.Parallel()
	for _, same := range [][]string{
		{"Ana Lima", "ana  lima ", "ANA LIMA", "Ａna Lima", "An\u200ba Lima", "Ana\u3164 Lima", "Ana\u00a0Lima", "Ana\u2800 Lima"},
		{"José Ábel", "Jose\u0301 A\u0301bel", "JOSÉ ÁBEL"},
		{"Weiß", "WEIẞ"},
		{"Σίσυφος", "ΣΊΣΥΦΟΣ"},
	} {
		for _, name := range same[1:] {
			if a, b := skein.NameKey(same[0]), skein.NameKey(name); a != b {
				t.Errorf("%q and %q are kept apart: %q, %q", same[0], name, a, b)
			}
		}
	}
	for _, other := range []string{"Ana Lim", "Ana Luma", "Án Lima", "AnaLima", "Ana Lima 2"} {
		if skein.NameKey(other) == skein.NameKey("Ana Lima") {
			t.Errorf("%q is taken for Ana Lima", other)
		}
	}
}

func TestTextsAreComposed(t *testing.T) {
	t.Parallel()
	if got := skein.Composed("Jose\u0301"); got != "José" {
		t.Errorf("%+q", got)
	}
	p, err := skein.InTheWay("The pump "+strings.Repeat("\u200fabc ", 30), skein.Person{ID: "ana"}, noon)
	if err != nil || p.Check() != nil {
		t.Errorf("a title made of a text is no title: %q, %v, %v", p.Title, err, p.Check())
	}
	for _, says := range []string{"...", "\u200f", "!\nThe pump"} {
		if _, err := skein.InTheWay(says, skein.Person{ID: "ana"}, noon); err == nil {
			t.Errorf("%q makes a project without a title", says)
		}
	}
}

// The quick way for ASCII makes the same of a text as the other, which full-width characters take.
func TestNamesOfASCIIHaveTheKeyOfWiderOnes(t *testing.T) {
	t.Parallel()
	for r := '!'; r <= '~'; r++ {
		plain, wide := "x "+string(r)+"  Y", "x "+string(r+0xFEE0)+" y"
		if a, b := skein.NameKey(plain), skein.NameKey(wide); a != b {
			t.Errorf("%q has %q, %q has %q", plain, a, wide, b)
		}
	}
}
