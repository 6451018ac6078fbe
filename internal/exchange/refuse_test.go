package exchange_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"skein/internal/exchange"
	"skein/internal/folder"
	"skein/internal/skein"
)

// Rows that the cases below stand on.
const (
	people   = "id,name\np1,Ann\np2,Ben\n"
	projects = "id,title,start_date,requirements\nq,Quay,2026-02-01,go:3\n"
)

// asking is that many requirements.
func asking(n int) string {
	var all []string
	for i := range n {
		all = append(all, fmt.Sprintf("s%02d:1", i))
	}
	return strings.Join(all, "|")
}

// Sixty requirements are read, and so is a project that is described and names no skill.
func TestAProjectAsksForSomething(t *testing.T) {
	t.Parallel()
	f, report := exchange.Read(dirOf(t,
		"projects.csv", "id,title,requirements,stakes\nq,Q,"+asking(60)+",\nr,R,,4\n"), folder.Known{}, nil)
	if !report.OK() || len(f.Projects) != 2 || len(f.Projects[0].Requirements) != 60 {
		t.Fatal(report)
	}
	known := folder.Known{
		Projects: map[skein.ProjectID]folder.KnownProject{"q": {}},
		Asks:     func(s skein.Situation) bool { return s.Stakes > 3 },
	}
	for text, ok := range map[string]bool{
		"id,title\nq,Q\n": true, "id,title,requirements\nq,Q,\n": false, "id,title,stakes\nr,R,3\n": false, "id,title,stakes\nr,R,4\n": true,
	} {
		if _, report := exchange.Read(dirOf(t, "projects.csv", text), known, nil); report.OK() != ok {
			t.Errorf("%q: %s", text, report)
		}
	}
}

// given adds a file to the people and projects that cases stand on, in place of one of them.
func given(name, text string) map[string]string {
	return map[string]string{"people.csv": people, "projects.csv": projects, name: text}
}

func TestEveryFaultHasItsPlaceAndASentence(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		files map[string]string
		want  string // place and field, then words of the sentence
	}{
		"empty file":              {given("people.csv", ""), "people.csv:1:1: |empty"},
		"mark and nothing else":   {given("people.csv", "\ufeff\n"), "people.csv:1:1: |empty"},
		"missing column":          {given("people.csv", "id,nome\np1,Ann\n"), "people.csv:1:1: name: |missing"},
		"repeated column":         {given("people.csv", "id,name,id\np1,Ann,p1\n"), "people.csv:1:9: id: |twice"},
		"repeated unknown column": {given("people.csv", "id,name,pay,Pay\n"), "people.csv:1:13: Pay: |twice"},
		"column without a name":   {given("people.csv", "id,,name\np1,,Ann\np2,x,Ben\np3,y,Cyd\n"), "people.csv:3:4: |no name"},
		"value without a column":  {given("people.csv", "id,name,\np1,Ann,\np2,Ben,x\n"), "people.csv:3:1: |3 values; the header has 2"},
		"separated by bars":       {given("people.csv", "id|name\np1|Ann\n"), "people.csv:1:1: |semicolons"},
		"said to be bars":         {given("people.csv", "sep=|\nid|name\np1|Ann\n"), "people.csv:1:5: |a comma, a semicolon or a tab"},
		"unclosed quote":          {given("people.csv", "id,name\np1,Ann\np2,\"Ben\np3,Cyd\n"), "people.csv:3:4: |never closed"},
		"unclosed, then another":  {given("people.csv", "id,name\np1,\"Ann\np2,\"Ben\"\n"), "people.csv:3:5: |on line 2"},
		"quote in the middle":     {given("people.csv", "id,name\np1,An\"n\n"), "people.csv:2:6: |double the quote"},
		"lonely carriage return":  {given("people.csv", "id,name\np1,An\rn\n"), "people.csv:2:6: |carriage return"},
		"too few values":          {given("people.csv", "id,name\np1\np2,Ben\n"), "people.csv:2:1: |1 value; the header has 2"},
		"too many values":         {given("people.csv", "id,name\np1,Ann,x\np2,Ben\n"), "people.csv:2:1: |3 values; the header has 2"},
		"NUL":                     {given("people.csv", "id,name\np1,A\x00n\n"), "people.csv:2:5: |NUL"},
		"not UTF-8":               {given("people.csv", "id,name\np1,Ød\xe9\n"), "people.csv:2:6: |UTF-8"},
		"half of a character":     {given("people.csv", "\xff\xfei\x00d\x00,\x00n\x00a\x00m\x00e\x00\n\x00p\x001\x00,\x00A\x00\x00\xd8\n\x00p\x002\x00,\x00B\x00"), "people.csv:2:5: |no character of the encoding"},
		"not UTF-8, often":        {given("people.csv", "id,name\np1,\xd8d\np2,Ben\np3,\xd8d\n"), "people.csv:2:4: |--encoding windows-1252, if it is from Excel on Windows. It is so in 2 rows."},
		"file twice":              {map[string]string{"people.csv": people, "People.CSV": people}, "people.csv:1:1: |People.CSV"},
		"blank id":                {given("people.csv", "name,id\nAnn,\np1,p1\np2,p2\n"), "people.csv:2:5: id: |blank"},
		"blank name":              {given("people.csv", "id,name\np1,  \np2,Ben\n"), "people.csv:2:4: name: |blank"},
		"repeated id":             {given("people.csv", people+" p1,Cyd\n"), "people.csv:4:1: id: |line 2"},
		"long id":                 {given("people.csv", "id,name\n"+strings.Repeat("x", 201)+",Ann\n"), "people.csv:2:1: id: |200"},
		"line end in an id":       {given("people.csv", "id,name\n\"p\n1\",Ann\n"), "people.csv:2:1: id: |control"},
		"long name":               {given("people.csv", "id,name\np1,"+strings.Repeat("ä", 121)+"\n"), "people.csv:2:4: name: |120"},
		"bad address":             {given("people.csv", "id,name,email\np1,Ann,ann at home\n"), `people.csv:2:8: email: |"ann at home"`},
		"address twice":           {given("people.csv", "id,name,email\np1,Ann,a@b.org\np2,Ben,A@b.org\n"), "people.csv:3:8: email: |line 2"},
		"unknown circle":          {given("people.csv", "id,name,circle\np1,Ann,c9\n"), `people.csv:2:8: circle: |"c9"`},
		"unknown manager":         {given("people.csv", "id,name,manager\np1,Ann,p9\n"), `people.csv:2:8: manager: |"p9"`},
		"hours in words":          {given("people.csv", "id,name,hours_per_week\np1,Ann,few\n"), "people.csv:2:8: hours_per_week: |0 to 168"},
		"hours with a comma":      {given("people.csv", "id,name,hours_per_week\np1,Ann,\"7,5\"\n"), "people.csv:2:8: hours_per_week: |point"},
		"hours without end":       {given("people.csv", "id,name,hours_per_week\np1,Ann,NaN\n"), "people.csv:2:8: hours_per_week: |number"},
		"too many hours":          {given("people.csv", "id,name,hours_per_week\np1,Ann,169\n"), "people.csv:2:8: hours_per_week: |169"},
		"day or month":            {given("people.csv", "id,name,active_from\np1,Ann,03/05/2026\n"), "people.csv:2:8: active_from: |may be 3 May 2026 or 5 March 2026. Write it as 2026-05-03 or 03.05.2026."},
		"days in two ways":        {given("people.csv", "id,name,active_from\np1,Ann,2026-05-03\np2,Ben,3.5.2026\n"), "people.csv:3:8: active_from: |\"2026-05-03\" on line 2 of people.csv"},
		"no such day, dotted":     {given("people.csv", "id,name,active_from\np1,Ann,31.02.2026\n"), "people.csv:2:8: active_from: |31.02.2026"},
		"no such day":             {given("people.csv", "id,name,active_from\np1,Ann,2026-02-30\n"), "people.csv:2:8: active_from: |2026-02-30"},
		"day the other way":       {given("people.csv", "id,name,active_from\np1,Ann,31/03/2026\n"), "people.csv:2:8: active_from: |2026-03-31"},
		"left before coming":      {given("people.csv", "id,name,active_from,active_until\np1,Ann,2026-02-02,2026-02-01\n"), "people.csv:2:19: active_until: |before"},
		"circle of circles":       {given("circles.csv", "id,name,parent\na,A,b\nb,B,c\nc,C,a\n"), "circles.csv:2:5: parent: |a in b in c in a"},
		"circle in itself":        {given("circles.csv", "id,name,parent\na,A,a\n"), "circles.csv:2:5: parent: |a in a"},
		"unknown parent":          {given("circles.csv", "id,name,parent\na,A,z\n"), `circles.csv:2:5: parent: |"z"`},
		"unknown kind of skill":   {given("skills.csv", "id,name,kind\ngo,Go,craft\n"), "skills.csv:2:7: kind: |domain, practice"},
		"half-life of nothing":    {given("skills.csv", "id,name,half_life_days\ngo,Go,0\n"), "skills.csv:2:7: half_life_days: |1 to"},
		"bar in a skill's id":     {given("skills.csv", "id,name\ngo|c,Go\n"), "skills.csv:2:1: id: |bar"},
		"importance in an id":     {given("skills.csv", "id,name\ngo:5,Go\n"), "skills.csv:2:1: id: |digit"},
		"skill in itself":         {given("skills.csv", "id,name,parent\na,A,b\nb,B,a\n"), "skills.csv:2:5: parent: |a in b in a"},
		"weight of nothing":       {given("priorities.csv", "id,title,weight\na,A,0\n"), "priorities.csv:2:5: weight: |0.001"},
		"blank weight":            {given("priorities.csv", "id,title,weight\na,A,\n"), "priorities.csv:2:5: weight: |blank"},
		"unknown owner":           {given("priorities.csv", "id,title,weight,owner\na,A,1,p9\n"), `priorities.csv:2:7: owner: |"p9"`},
		"unknown circle again":    {given("projects.csv", "id,title,circle\nq,Q,c\n"), `projects.csv:2:5: circle: |"c"`},
		"unknown priority":        {given("projects.csv", "id,title,priority\nq,Q,z\n"), `projects.csv:2:5: priority: |"z"`},
		"unknown trust":           {given("projects.csv", "id,title,trust\nq,Q,blind\n"), "projects.csv:2:5: trust: |weighed"},
		"unknown uncertainty":     {given("projects.csv", "id,title,uncertainty\nq,Q,murky\n"), "projects.csv:2:5: uncertainty: |chaotic"},
		"stakes of six":           {given("projects.csv", "id,title,stakes\nq,Q,6\n"), "projects.csv:2:5: stakes: |1 to 5"},
		"long title":              {given("projects.csv", "id,title\nq,"+strings.Repeat("x", 241)+"\n"), "projects.csv:2:3: title: |240"},
		"requirement of nothing":  {given("projects.csv", "id,title,requirements\nq,Q,go\n"), "projects.csv:2:5: requirements: |skill:importance"},
		"importance of nine":      {given("projects.csv", "id,title,requirements\nq,Q,go:5|sql:9\n"), `projects.csv:2:10: requirements: |"9"`},
		"importance in words":     {given("projects.csv", "id,title,requirements\nq,Q,go:high:3\n"), `projects.csv:2:5: requirements: |"high"`},
		"level of nine":           {given("projects.csv", "id,title,requirements\nq,Q,\"go:5:9\"\n"), `projects.csv:2:6: requirements: |"9"`},
		"must in other words":     {given("projects.csv", "id,title,requirements\nq,Q,go:5:3:maybe\n"), `projects.csv:2:5: requirements: |"maybe"`},
		"too much":                {given("projects.csv", "id,title,requirements\nq,Q,go:5:3:must:now\n"), "projects.csv:2:5: requirements: |skill:importance"},
		"trailing bar":            {given("projects.csv", "id,title,requirements\nq,Q,go:5|\n"), "projects.csv:2:10: requirements: |skill"},
		"asks for nothing":        {given("projects.csv", "id,title,requirements\nq,Q,\n"), "projects.csv:2:5: requirements: |asks for nothing"},
		"asks, it does not say":   {given("projects.csv", "id,title\nq,Q\n"), "projects.csv:2:1: requirements: |asks for nothing"},
		"asks for too much":       {given("projects.csv", "id,title,requirements\nq,Q,"+asking(61)+"\n"), "projects.csv:2:365: requirements: |60 skills at most"},
		"skill of an address":     {given("projects.csv", "id,title,requirements\nq,Q,go:5|http://x.org/a:5:3\n"), `projects.csv:2:10: requirements: |"http://x.org/a", neither in skills.csv nor in evidence.csv`},
		"importance of 9001":      {given("projects.csv", "id,title,requirements\nq,Q,iso:9001:5\n"), `projects.csv:2:5: requirements: |"iso:9001"`},
		"project called new":      {given("projects.csv", "id,title,requirements\nnew,New,go:3\n"), "projects.csv:2:1: id: |form for a new one"},
		"project of one dot":      {given("projects.csv", "id,title,requirements\n.,Dot,go:3\n"), "projects.csv:2:1: id: |another page"},
		"person of two dots":      {given("people.csv", "id,name\n..,Dots\np1,Ann\np2,Ben\n"), "people.csv:2:1: id: |another page"},
		"skill of one dot":        {given("projects.csv", "id,title,requirements\nq,Q,.:3\n"), "projects.csv:2:5: requirements: |id of a skill"},
		"unknown project":         {given("leads.csv", "project,person\nz,p1\n"), `leads.csv:2:1: project: |"z"`},
		"unknown person":          {given("leads.csv", "project,person\nq,p9\n"), `leads.csv:2:3: person: |"p9"`},
		"unknown role":            {given("leads.csv", "project,person,role\nq,p1,boss\n"), "leads.csv:2:6: role: |primary, co"},
		"two primary leads":       {given("leads.csv", "project,person\nq,p1\nq,p2\n"), `leads.csv:3:3: person: |"p1" leads "q" already, on line 2`},
		"twice in one place":      {given("leads.csv", "project,person,role,from\nq,p1,co,\nq,p1,co,2026-03-01\n"), "leads.csv:3:3: person: |line 2"},
		"until before from":       {given("leads.csv", "project,person,role,from,until\nq,p1,,2026-03-01,2026-02-01\n"), "leads.csv:2:18: until: |before from"},
		"until before the start":  {given("leads.csv", "project,person,until\nq,p1,2026-01-01\n"), "leads.csv:2:6: until: |starts"},
		"evidence for nobody":     {given("evidence.csv", "person,skill,kind,level,observed_on\np9,go,self,3,2026-01-02\n"), `evidence.csv:2:1: person: |"p9"`},
		"evidence by nobody":      {given("evidence.csv", "person,skill,kind,level,observed_on,given_by\np1,go,peer,3,2026-01-02,p9\n"), `evidence.csv:2:25: given_by: |"p9"`},
		"evidence of oneself":     {given("evidence.csv", "person,skill,kind,level,observed_on,given_by\np1,go,peer,3,2026-01-02,p1\n"), "evidence.csv:2:25: given_by: |peer"},
		"level nine":              {given("evidence.csv", "person,skill,kind,level,observed_on\np1,go,self,9,2026-01-02\n"), `evidence.csv:2:12: level: |"9"`},
		"level nought":            {given("evidence.csv", "person,skill,kind,level,observed_on\np1,go,self,0,2026-01-02\n"), "evidence.csv:2:12: level: |1 to 5"},
		"blank level":             {given("evidence.csv", "person,skill,kind,level,observed_on\np1,go,self,,2026-01-02\n"), "evidence.csv:2:12: level: |blank"},
		"blank skill":             {given("evidence.csv", "person,skill,kind,level,observed_on\np1,,self,3,2026-01-02\n"), "evidence.csv:2:4: skill: |blank"},
		"blank day":               {given("evidence.csv", "person,skill,kind,level,observed_on\np1,go,self,3,\n"), "evidence.csv:2:14: observed_on: |blank"},
		"unknown kind":            {given("evidence.csv", "person,skill,kind,level,observed_on\np1,go,rumour,3,2026-01-02\n"), "evidence.csv:2:7: kind: |outcome"},
		"expired at once":         {given("evidence.csv", "person,skill,kind,level,observed_on,expires_on\np1,go,self,3,2026-01-02,2026-01-01\n"), "evidence.csv:2:25: expires_on: |before"},
		"long source":             {given("evidence.csv", "person,skill,kind,level,observed_on,source\np1,go,self,3,2026-01-02,"+strings.Repeat("x", 1001)+"\n"), "evidence.csv:2:25: source: |1000"},
		"endless row":             {given("people.csv", people+"p3,"+strings.Repeat("x", 2<<20)+"\np4,Dee\n"), "people.csv:4:1: |megabyte"},
		"endless quote":           {given("people.csv", people+"p3,\""+strings.Repeat("x\n", 1<<20)), "people.csv:4:4: |megabyte"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			for file, text := range c.files {
				if err := os.WriteFile(filepath.Join(dir, file), []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			_, report := exchange.Read(dir, folder.Known{}, nil)
			place, words, _ := strings.Cut(c.want, "|")
			if len(report.Problems) != 1 || report.More != 0 {
				t.Fatalf("not one problem:\n%s", report)
			}
			got := report.Problems[0].String()
			if !strings.HasPrefix(got, place) || !strings.Contains(got[len(place):], words) {
				t.Errorf("%q does not begin with %q and speak of %q", got, place, words)
			}
			if why := report.Problems[0].Why; !strings.HasSuffix(why, ".") && !strings.HasSuffix(why, "?") {
				t.Errorf("not a sentence: %q", why)
			}
		})
	}
}

func TestAllFaultsAreToldAtOnceUpToAHundred(t *testing.T) {
	t.Parallel()
	rows := strings.Repeat("p1,go,self,9,2026-01-02\n", 250)
	_, report := exchange.Read(dirOf(t, "people.csv", people+"p3\n",
		"evidence.csv", "person,skill,kind,level,observed_on\n"+rows), folder.Known{}, nil)
	if len(report.Problems) != 100 || report.More != 151 || report.Rejected() != 251 {
		t.Errorf("%d and %d more", len(report.Problems), report.More)
	}
	if got := report.Problems[0].String(); !strings.HasPrefix(got, "people.csv:4:1: ") {
		t.Errorf("first %q", got)
	}
	if !strings.HasSuffix(report.String(), "\nand 151 more\n") {
		t.Error("the rest is not counted")
	}
}

func TestOneFaultDoesNotMakeOthersOfItsNames(t *testing.T) {
	t.Parallel()
	_, report := exchange.Read(dirOf(t,
		"people.csv", "id,name,hours_per_week\np1,Ann,many\np2\np3,\"Cyd\n",
		"projects.csv", "id,titel\nq,Q\n",
		"leads.csv", "project,person\nq,p1\nz,p2\n"), folder.Known{}, nil)
	var places []string
	for _, p := range report.Problems {
		places = append(places, fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column))
	}
	if got := strings.Join(places, " "); got != "people.csv:2:8 people.csv:3:1 people.csv:4:4 projects.csv:1:1" {
		t.Errorf("%s", report)
	}
}

func TestAFolderMustBeThereAndHoldSomething(t *testing.T) {
	t.Parallel()
	for name, dir := range map[string]string{
		"not there":      filepath.Join(t.TempDir(), "none"),
		"empty":          t.TempDir(),
		"only strangers": dirOf(t, "staff.csv", "id\n"),
	} {
		if _, report := exchange.Read(dir, folder.Known{}, nil); report.Rejected() != 1 {
			t.Errorf("%s: %s", name, report)
		}
	}
	dir := dirOf(t, "people.csv", people)
	if err := os.Mkdir(filepath.Join(dir, "leads.csv"), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, report := exchange.Read(dir, folder.Known{}, nil); report.Rejected() != 1 || report.Problems[0].File != "leads.csv" {
		t.Errorf("a folder for a file: %s", report)
	}
}
