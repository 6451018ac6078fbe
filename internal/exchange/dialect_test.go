package exchange_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"

	"skein/internal/exchange"
	"skein/internal/folder"
)

// saidCase is a folder beside the repository, of the cases that people's work has shown to matter.
func saidCase(t *testing.T, parts ...string) string {
	t.Helper()
	dir := filepath.Join(append([]string{"..", "..", "..", "shared", "cases"}, parts...)...)
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("the cases are not beside the repository, at %s", dir)
	}
	return dir
}

// wide is a text in UTF-16 without a mark.
func wide(text string, little bool) string {
	var b strings.Builder
	for _, unit := range utf16.Encode([]rune(text)) {
		high, low := byte(unit>>8), byte(unit)
		if little {
			high, low = low, high
		}
		b.WriteByte(high)
		b.WriteByte(low)
	}
	return b.String()
}

// windows is a text in Windows-1252.
func windows(t *testing.T, text string) string {
	t.Helper()
	encoded, err := charmap.Windows1252.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return encoded
}

// However a spreadsheet has saved the same rows, the same comes in.
func TestFilesComeAsSpreadsheetsSaveThem(t *testing.T) {
	t.Parallel()
	const commas = "id,name,hours_per_week,active_from\nana,Ana Limã,7.5,2026-05-03\nbo,\"Falk, Bo\",,\n"
	semicolons := strings.NewReplacer("\"Falk, Bo\"", "§", ",", ";", "7.5", "7,5", "2026-05-03", "03.05.2026").Replace(commas)
	semicolons = strings.ReplaceAll(semicolons, "§", "Falk, Bo")
	tabs := strings.ReplaceAll(semicolons, ";", "\t")
	crlf := func(text string) string { return strings.ReplaceAll(text, "\n", "\r\n") }
	for name, c := range map[string]struct{ text, encoding string }{
		"commas":                   {commas, ""},
		"commas, marked":           {"\ufeff" + crlf(commas), ""},
		"semicolons":               {crlf(semicolons), ""},
		"tabs":                     {crlf(tabs), ""},
		"carriage returns":         {strings.ReplaceAll(commas, "\n", "\r"), ""},
		"semicolons, returns":      {strings.ReplaceAll(semicolons, "\n", "\r"), ""},
		"sep=;":                    {"sep=;\r\n" + crlf(semicolons), ""},
		"SEP=,":                    {"SEP=,\n" + commas, ""},
		"sep= and a tab":           {"sep=\t\r\n" + crlf(tabs), ""},
		"sep=":                     {"sep=\n" + semicolons, ""},
		"sep= in quotes":           {"\"sep=;\"\n" + semicolons, ""},
		"sep= and separators":      {"sep=;;;;\n" + semicolons, ""},
		"sep= that is not so":      {"sep=;\n" + commas, ""},
		"marked, then sep=":        {"\ufeffsep=;\r" + strings.ReplaceAll(semicolons, "\n", "\r"), ""},
		"empty rows before":        {";;;\n\n,,\n \n" + semicolons, ""},
		"empty rows within":        {strings.Replace(semicolons, "\nbo", "\n;;;\n,,,\n\t\t\n\"\";;\" \"\nbo", 1), ""},
		"empty rows quoted":        {strings.Replace(commas, "\nbo", "\n\"\",\"\"\n\"\n\",\nbo", 1), ""},
		"empty columns":            {strings.Replace(commas, "\nana", ",,\nana", 1) + ",,,,,,,\n", ""},
		"empty columns cut":        {strings.Replace(strings.Replace(commas, "\nana", ",,\nana", 1), "\nbo", ",,,\nbo", 1), ""},
		"an empty column within":   {strings.NewReplacer("id,", "id,,", "ana,", "ana,,", "bo,", "bo, ,").Replace(commas), ""},
		"UTF-16, little, marked":   {wide("\ufeff"+crlf(tabs), true), ""},
		"UTF-16, big, marked":      {wide("\ufeff"+crlf(tabs), false), ""},
		"UTF-16, little":           {wide(commas, true), ""},
		"UTF-16, big":              {wide("sep=;\r\n"+semicolons, false), ""},
		"UTF-16, another said":     {wide("\ufeff"+semicolons, true), "windows-1252"},
		"UTF-8 marked, other said": {"\ufeff" + semicolons, "windows-1252"},
		"Windows-1252":             {windows(t, crlf(semicolons)), "Windows-1252"},
		"ISO 8859-1":               {windows(t, commas), "iso-8859-1"},
		"UTF-8 said":               {commas, "UTF-8"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			how, err := exchange.Encoded(c.encoding)
			if err != nil {
				t.Fatal(err)
			}
			f, report := exchange.Read(dirOf(t, "PEOPLE.Csv", c.text), folder.Known{}, nil, how)
			if !report.OK() || len(f.People) != 2 || len(report.Notes) != 0 {
				t.Fatalf("%d people:\n%s%v", len(f.People), report, report.Notes)
			}
			ana, bo := f.People[0], f.People[1]
			if ana.ID != "ana" || ana.Name != "Ana Limã" || ana.HoursPerWeek == nil || *ana.HoursPerWeek != 7.5 || ana.ActiveFrom.Format("2006-01-02") != "2026-05-03" {
				t.Errorf("%+v", ana)
			}
			if bo.ID != "bo" || bo.Name != "Falk, Bo" || bo.HoursPerWeek != nil || !bo.ActiveFrom.IsZero() {
				t.Errorf("%+v", bo)
			}
			if about := f.File("people.csv"); about.Rows != 2 || len(about.SHA256) != 64 {
				t.Errorf("%+v", about)
			}
		})
	}
}

// A place is that of the file as it was: rows that are passed over count, and characters count as one.
func TestPlacesAreThoseOfTheFile(t *testing.T) {
	t.Parallel()
	const rows = "sep=;\n;;\nid;note;name;hours_per_week\n\np1;\"Ø\nÅ\";Ann;1\n;;\np2;Ødé𝄞;Ben;many\n"
	for name, c := range map[string]struct{ text, encoding, want string }{
		"UTF-8":            {rows, "", "PEOPLE.CSV:8:13: hours_per_week: "},
		"UTF-16":           {wide("\ufeff"+rows, true), "", "PEOPLE.CSV:8:13: hours_per_week: "},
		"carriage returns": {strings.ReplaceAll(rows, "\n", "\r"), "", "PEOPLE.CSV:8:13: hours_per_week: "},
		"both":             {strings.ReplaceAll(rows, "\n", "\r\n"), "", "PEOPLE.CSV:8:13: hours_per_week: "},
		"Windows-1252":     {windows(t, strings.ReplaceAll(rows, "𝄞", "!")), "windows-1252", "PEOPLE.CSV:8:13: hours_per_week: "},
		"UTF-8 as another": {"id;name\np1;Ann\np2;Bjørn\n", "windows-1252", "PEOPLE.CSV:3:6: This is UTF-8 text, not windows-1252."},
	} {
		how, err := exchange.Encoded(c.encoding)
		if err != nil {
			t.Fatal(err)
		}
		_, report := exchange.Read(dirOf(t, "PEOPLE.CSV", c.text), folder.Known{}, nil, how)
		if report.Rejected() != 1 || !strings.HasPrefix(report.String(), c.want) {
			t.Errorf("%s: %s", name, report)
		}
	}
	if _, err := exchange.Encoded("latin-7"); err == nil || !strings.Contains(err.Error(), "windows-1252") {
		t.Errorf("an unknown encoding: %v", err)
	}
}

// A folder writes its days in one way, whichever file begins.
func TestAFolderWritesItsDaysInOneWay(t *testing.T) {
	t.Parallel()
	head := "person,skill,kind,level,observed_on\n"
	for text, ok := range map[string]bool{
		"p1,go,self,3,03.05.2026\np1,go,self,3,4.5.2026\n": true,
		"p1,go,self,3,2026-05-03\n":                        false,
		"p1,go,self,3,03.05.2026\np1,go,self,3,3.5.26\n":   false,
		"p1,go,self,3,05/13/2026\n":                        false,
	} {
		f, report := exchange.Read(dirOf(t, "people.csv", "id,name,active_from\np1,Ann,1.2.2020\n", "evidence.csv", head+text), folder.Known{}, nil)
		if report.OK() != ok {
			t.Errorf("%q: %s", text, report)
		}
		if !ok {
			continue
		}
		if rows := evidence(t, f); len(rows) != 2 || rows[1].ObservedOn.Format("2006-01-02") != "2026-05-04" {
			t.Errorf("%+v", rows)
		}
	}
}

// The decimals of a file whose commas separate come after a point.
func TestADecimalComma(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]float64{
		"id;title;weight\na;A;2,5\n": 2.5, "id;title;weight\na;A;2.5\n": 2.5, "id\ttitle\tweight\na\tA\t0,5\n": 0.5,
		"id,title,weight\na,A,\"2,5\"\n": 0, "id;title;weight\na;A;1.234,5\n": 0, "id;title;weight\na;A;1,2,3\n": 0,
	} {
		f, report := exchange.Read(dirOf(t, "priorities.csv", text), folder.Known{}, nil)
		if ok := want != 0; report.OK() != ok || ok && f.Priorities[0].Weight != want {
			t.Errorf("%q: %+v %s", text, f.Priorities, report)
		}
	}
}

func TestSpreadsheetsThatPeopleSent(t *testing.T) {
	t.Parallel()
	dir := saidCase(t, "01-excel")
	for _, name := range strings.Fields("a b c d e f g h u1 u2 u3 u4") {
		f, report := exchange.Read(filepath.Join(dir, name), folder.Known{}, nil)
		if name == "g" {
			if report.Rejected() != 1 || !strings.Contains(report.String(), "people.csv:2:12: ") || !strings.Contains(report.String(), "--encoding windows-1252") {
				t.Errorf("g: %s", report)
			}
			how, err := exchange.Encoded("windows-1252")
			if err != nil {
				t.Fatal(err)
			}
			if f, report = exchange.Read(filepath.Join(dir, name), folder.Known{}, nil, how); report.OK() && f.People[0].Name != "Ana Limã" {
				t.Errorf("%+v", f.People)
			}
		}
		if !report.OK() || len(f.People) == 0 || f.People[0].ID != "ana" {
			t.Errorf("%s: %+v\n%s", name, f.People, report)
		}
	}
}
