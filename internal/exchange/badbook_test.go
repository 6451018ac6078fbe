package exchange_test

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"skein/internal/exchange"
	"skein/internal/folder"
)

// rawBook is a workbook with one sheet, People, of the XML that is given.
func rawBook(t testing.TB, sheet string, change map[string]string) string {
	t.Helper()
	parts := map[string]string{
		"_rels/.rels":                `<Relationships><Relationship Id="r1" Type="http://x/officeDocument" Target="/xl/workbook.xml"/></Relationships>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="a" Type="x/worksheet" Target="worksheets/s.xml"/><Relationship Id="b" Type="x/sharedStrings" Target="shared.xml"/><Relationship Id="c" Type="x/styles" Target="styles.xml"/></Relationships>`,
		"xl/workbook.xml":            `<?xml version="1.0" encoding="UTF-8"?><x:workbook xmlns:x="m" xmlns:r="r"><x:workbookPr date1904="1"/><x:sheets><x:sheet name="People" sheetId="1" r:id="a"/></x:sheets></x:workbook>`,
		"xl/shared.xml":              `<sst><si><t>id</t></si><si><r><t>na</t></r><r><t>me</t></r><rPh><t>no</t></rPh></si><si><t xml:space="preserve">Ann_x000A_ &amp; Ben</t></si></sst>`,
		"xl/styles.xml":              `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="[$-407]d.\ mmm&quot;d&quot;\ yy"/><numFmt numFmtId="165" formatCode="00000"/><numFmt numFmtId="166" formatCode="&quot;days &quot;0.0\d"/><numFmt numFmtId="167" formatCode="[h]:mm"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="167"/></cellXfs></styleSheet>`,
		"xl/worksheets/s.xml":        `<worksheet><sheetData>` + sheet + `</sheetData></worksheet>`,
	}
	for name, text := range change {
		parts[name] = text
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range parts {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return dirOf(t, "b.xlsx", b.String())
}

const rawHead = `<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="inlineStr"><is><t>note</t></is></c></row>`

// What a cell shows, however a spreadsheet has put it down.
func TestCellsAreReadAsTheyAreShown(t *testing.T) {
	t.Parallel()
	for cell, want := range map[string]string{
		`<c r="C2" s="1"><v>0</v></c>`:                         "1904-01-01",
		`<c r="C2" s="1"><v>1.5</v></c>`:                       "1904-01-02 12:00:00",
		`<c r="C2" s="2"><v>123</v></c>`:                       "00123",
		`<c r="C2" s="3"><v>7.0999999999999996</v></c>`:        "7.1",
		`<c r="C2" s="4"><v>1.3125</v></c>`:                    "31:30:00",
		`<c r="C2"><v>1E+3</v></c>`:                            "1000",
		`<c r="C2"><v>1.2345678901234567E+17</v></c>`:          "123456789012346000",
		`<c r="C2" t="str"><f>A1&amp;B1</f><v>idname</v></c>`:  "idname",
		`<c r="C2" t="str"><f>A9</f><v></v></c>`:               "",
		`<c r="C2"><f>1+1</f><v>2</v></c>`:                     "2",
		`<c r="C2" t="b"><v>1</v></c>`:                         "TRUE",
		`<c r="C2" t="d"><v>2026-05-03T00:00:00</v></c>`:       "2026-05-03",
		`<c r="C2" t="s"><v>2</v></c>`:                         "Ann\n & Ben",
		`<c r="C2" t="inlineStr"><is><t>1E5</t></is></c>`:      "1E5",
		`<c t="inlineStr"><is><t><![CDATA[<b>]]></t></is></c>`: "<b>",
		`<c r="C2"/>`: "",
		`<c r="C2" s="99"><v>-0</v></c><c r="D2"/><c r="E2" s="1"/>`: "0",
	} {
		f, report := exchange.Read(rawBook(t, rawHead+`<row r="2" hidden="1"><c r="A2" t="str"><v>p1</v></c><c r="B2" t="str"><v>Ann</v></c>`+cell+`</row><row r="900000"><c r="F900000"/></row>`, nil), folder.Known{}, nil)
		if !report.OK() || f.People[0].Attributes["note"] != want {
			t.Errorf("%s: %s %+v", cell, report, f.People)
		}
		if !strings.Contains(strings.Join(report.Notes, "\n"), "b.xlsx:People: 1 row that is hidden is read too.") {
			t.Error(report.Notes)
		}
	}
}

func TestWhatASheetCannotSayIsRefused(t *testing.T) {
	t.Parallel()
	row := func(cells string) string {
		return rawHead + `<row r="7"><c r="A7" t="str"><v>p1</v></c><c r="B7" t="str"><v>Ann</v></c>` + cells + `</row>`
	}
	const broken = "b.xlsx:People!A1: This workbook is damaged"
	title := `<row r="1"><c t="str"><v>Our people</v></c></row><row r="3"><c t="str"><v>id</v></c><c t="str"><v>name</v></c></row>`
	for name, c := range map[string]struct {
		sheet  string
		change map[string]string
		want   string
	}{
		"error":        {row(`<c r="C7" t="e"><f>Z1</f><v>#REF!</v></c>`), nil, "b.xlsx:People!C7: note: #REF! is the error of a formula."},
		"not computed": {row(`<c r="C7"><f>1+1</f></c>`), nil, "b.xlsx:People!C7: note: This formula has no value yet."},
		"no column":    {row(`<c r="F7" t="str"><v>x</v></c>`), nil, "b.xlsx:People!F7: This column has no name in the header"},
		"merged":       {row("") + `</sheetData><mergeCells><mergeCell ref="A7:B7"/></mergeCells><sheetData>`, nil, "b.xlsx:People!A7: The cells from here to B7 are merged"},
		"title above":  {title, nil, "b.xlsx:People!A1: This row does not name the columns; row 3 does."},
		"long row":     {row(`<c r="C7" t="inlineStr"><is><t>` + strings.Repeat("x", 600000) + `</t><t>` + strings.Repeat("x", 600000) + `</t></is></c>`), nil, "b.xlsx:People!A7: This row is longer than a megabyte"},
		"long text":    {row(`<c r="C7" t="inlineStr"><is><t>` + strings.Repeat("x", 2<<20) + `</t></is></c>`), nil, "b.xlsx:People!A1: This workbook has a text of more than a megabyte"},
		"cut":          {row("") + "<row", nil, broken},
		"not nested":   {row(`<c r="C7"><v>1</c>`), nil, broken},
		"unknown text": {row(`<c r="C7" t="s"><v>77</v></c>`), nil, broken},
		"backwards":    {row(`<c r="A7" t="str"><v>x</v></c>`), nil, broken},
		"lines back":   {row("") + `<row r="2"/>`, nil, broken},
		"too wide":     {row(`<c r="ZZZ7"/>`), nil, broken},
		"no number":    {row(`<c r="C7"><v>many</v></c>`), nil, broken},
		"empty":        {"", nil, "b.xlsx:People!A1: The file is empty."},
		"no sheets":    {"", map[string]string{"xl/workbook.xml": "<workbook/>"}, "|There is nothing to read here."},
		"no part":      {"", map[string]string{"xl/_rels/workbook.xml.rels": `<R><Relationship Id="a" Type="worksheet" Target="none.xml"/></R>`}, broken},
		"not XML":      {"", map[string]string{"xl/workbook.xml": "<<"}, "b.xlsx:1:1: This workbook is damaged"},
		"UTF-7":        {"", map[string]string{"xl/workbook.xml": `<?xml version="1.0" encoding="UTF-7"?><workbook/>`}, "b.xlsx:1:1: This workbook is damaged"},
		"entities":     {row(`<c r="C7" t="str"><v>&lol;</v></c>`), nil, broken},
	} {
		dir := rawBook(t, c.sheet, c.change)
		_, report := exchange.Read(dir, folder.Known{}, nil)
		want, inside := strings.CutPrefix(c.want, "|")
		if report.Rejected() != 1 || inside && !strings.Contains(report.String(), want) || !inside && !strings.HasPrefix(report.String(), want) {
			t.Errorf("%s: %s", name, report)
		}
	}
}

func TestAFileThatIsNoWorkbookIsRefusedInASentence(t *testing.T) {
	t.Parallel()
	sound := bookOf(t, "b.xlsx", nil, sheetOf{"people", [][]any{{"id", "name"}, {"p1", "Ann"}}})
	bytes, err := os.ReadFile(filepath.Join(sound, "b.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	locked := bookOf(t, "b.xlsx", nil, sheetOf{"people", nil})
	f, err := excelize.OpenFile(filepath.Join(locked, "b.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	if err := f.SaveAs(filepath.Join(locked, "b.xlsx"), excelize.Options{Password: "quay"}); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ dir, want string }{
		"empty":    {dirOf(t, "b.xlsx", ""), "The file is empty."},
		"CSV":      {dirOf(t, "b.xlsx", people), "This is no workbook"},
		"cut":      {dirOf(t, "b.xlsx", string(bytes[:len(bytes)-40])), "This workbook is damaged"},
		"password": {locked, "This workbook has a password"},
	} {
		_, report := exchange.Read(c.dir, folder.Known{}, nil)
		if report.Rejected() != 1 || !strings.HasPrefix(report.String(), "b.xlsx:1:1: "+c.want) {
			t.Errorf("%s: %s", name, report)
		}
		if _, err := exchange.Look(filepath.Join(c.dir, "b.xlsx")); err == nil || !strings.HasPrefix(err.Error(), "b.xlsx: "+c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := exchange.Look(filepath.Join(t.TempDir(), "people.ods")); err == nil || !strings.Contains(err.Error(), "save it as a workbook") {
		t.Error(err)
	}
	if _, err := exchange.Look(filepath.Join(t.TempDir(), "none.xlsx")); err == nil || !strings.Contains(err.Error(), "does not exist") {
		t.Error(err)
	}
}

func TestTablesOfAFolderStandOnceEach(t *testing.T) {
	t.Parallel()
	dir := bookOf(t, "a.xlsx", func(f *excelize.File) { _ = f.SetSheetVisible("leads", false) },
		sheetOf{"people", [][]any{{"id", "name"}, {"p1", "Ann"}}}, sheetOf{"leads", [][]any{{"x"}}})
	put := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	put("~$a.xlsx", "open in a spreadsheet")
	put("old.XLS", "x")
	_, report := exchange.Read(dir, folder.Known{}, nil)
	notes := strings.Join(report.Notes, "\n")
	if !report.OK() || !strings.Contains(notes, "a.xlsx:leads: This sheet is hidden, and is left alone.") || !strings.Contains(notes, "old.XLS is left alone: save it") || strings.Contains(notes, "~") {
		t.Errorf("%s%s", report, notes)
	}
	put("people.csv", people)
	_, report = exchange.Read(dir, folder.Known{}, nil)
	if got := report.String(); got != "people.csv:1:1: a.xlsx:people holds people too. Leave one of the two.\n" {
		t.Error(got)
	}
	if f, report := exchange.Read(bookOf(t, "People.xlsx", nil, sheetOf{"Tabelle1", [][]any{{"id", "name"}, {"p1", "Ann"}}}), folder.Known{}, nil); !report.OK() || len(f.People) != 1 {
		t.Errorf("a workbook of one sheet: %s", report)
	}
}

func TestLimitsAreHeld(t *testing.T) {
	t.Parallel()
	dir := bookOf(t, "a.xlsx", nil, sheetOf{"people", [][]any{{"id", "name"}, {"p1", "Ann"}, {"p2", "Ben"}}},
		sheetOf{"circles", [][]any{{"id", "name"}, {"c", "C"}}})
	for l, want := range map[exchange.Limits]string{
		{Rows: 3}: "", {Rows: 2}: "a.xlsx:people!A1: There are more than 2 rows.", {Unfolded: 1 << 20}: "", {Unfolded: 1 << 10}: "a.xlsx:1:1: Unpacked it is larger",
	} {
		_, report := exchange.Read(dir, folder.Known{}, nil, exchange.Limited(l))
		if !strings.HasPrefix(report.String(), want) || report.OK() != (want == "") {
			t.Errorf("%+v: %s", l, report)
		}
	}
	if seen, err := exchange.Look(filepath.Join(dir, "a.xlsx"), exchange.Limited(exchange.Limits{Rows: 1})); err != nil || !strings.Contains(seen[0].Problem.Why, "more than 1 rows") {
		t.Errorf("%v %+v", err, seen)
	}
}
