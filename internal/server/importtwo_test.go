package server

import (
	"net/http"
	"strings"
	"testing"

	"skein/web/component"
	"skein/web/path"
)

// hasAnn is a house with an administrator and Ann Lee, who is on no team.
func hasAnn(t *testing.T) (*house, *browser) {
	h := newTest(t)
	b := h.as(h.cast()[asAdministrator])
	h.exec(`insert into person (id, name, email) values ('ann.lee', 'Ann Lee', 'ann@corriemere.example')`)
	return h, b
}

// ofAnn are files that name Ann Lee by another id.
var ofAnn = []fileOf{
	{"people.csv", "id,name,email,circle\n7,Ann  Lee,ann.lee@corriemere.example,leaks\nbo,Bo Lindqvist,,\n"},
	{"evidence.csv", "person,skill,kind,level,observed_on,given_by\n7,Valves,peer,4,2026-01-02,bo\nann.lee,Pumps,self,3,2026-01-02,\nann.lee,Pumps,peer,3,2026-01-02,7\n"},
}

func TestTwoWhoAreOneAreBroughtInAsOne(t *testing.T) {
	t.Parallel()
	h, b := hasAnn(t)
	page, at := b.tried(ofAnn...)
	page.says("#twos", "Ann Lee (7) is new, and may be Ann Lee (ann.lee), who is in Skein").says("#twos", "Row 2 of people.csv.").lacks("main", "skein user rename")
	b.press(page, "They are one").is(http.StatusSeeOther)
	page = b.get(at).says("#twos", "Ann Lee (7) is read as Ann Lee (ann.lee), who is in Skein: they are one.").
		says("main", "speaks for themselves").lacks("#twos", "They are one").lacks("main", "was here twice and is")
	b.press(page, "Keep both apart").is(http.StatusSeeOther)
	page = b.get(at).says("#twos", "Ann Lee (7) and Ann Lee (ann.lee) are two.").says("main", "Two people are new")
	b.press(page, "They are one").is(http.StatusSeeOther)
	page = b.get(at).says("main", "One person is new and one changes.")
	b.press(page, "Bring in").is(http.StatusSeeOther)
	b.get(at).says("h1", "are in").says("#twos", "Ann Lee (7) was read as Ann Lee (ann.lee)").lacks("main", "Keep both apart")
	for sql, want := range map[string]string{
		`select string_agg(id, ' ' order by id) from person where name like 'Ann L%'`: "ann.lee",
		`select email || ' ' || circle_id from person where id = 'ann.lee'`:           "ann.lee@corriemere.example leaks",
		`select id || ' ' || person_id from person_alias`:                             "7 ann.lee",
		`select string_agg(skill.name || ' ' || coalesce(given_by, '-'), ', ' order by skill.name)
			from evidence join skill on skill.id = skill_id where person_id = 'ann.lee'`: "Pumps -, Valves bo",
		`select noun_id || ' ' || (details ->> 'called') from audit_told where action = 'person.merge'`: "ann.lee Ann Lee",
	} {
		if got := h.text(sql); got != want {
			t.Errorf("%s: %q, want %q", sql, got, want)
		}
	}
	b.get(path.AdminAudit).says("main", "made one of two people")
	b.get(path.Person("7")).goesTo(path.Person("ann.lee"))
	page, _ = b.tried(ofAnn...)
	page.says("h1", "All of it is here already").says("main", "was here twice and is").lacks("main", "People who may be one")
}

// Two of one address: the row waits until somebody has said whether they are one.
func TestTwoOfOneAddress(t *testing.T) {
	t.Parallel()
	h, b := hasAnn(t)
	page, at := b.tried(fileOf{"people.csv", "id,name,email\nann.marsh,Ann Marsh,Ann@Corriemere.example\n"})
	page.says("#not-yet", "Ann Lee has this e-mail address in Skein").says("#not-yet", "Say whether the two are one").
		lacks("main", "skein user rename").lacks("main", "Leave empty").lacks("main", "People who may be one")
	b.press(page, "Keep both apart").is(http.StatusSeeOther)
	page = b.get(at).says("h1", "One person can come in").says("#twos", "Ann Marsh (ann.marsh) and Ann Lee (ann.lee) are two.").says("#twos", "it stays Ann Lee’s")
	b.press(page, "They are one").is(http.StatusSeeOther)
	page = b.get(at).says("main", "One person changes.")
	b.press(page, "Bring in 1").is(http.StatusSeeOther)
	if got := h.text(`select string_agg(id || ' ' || name || ' ' || lower(email), ', ') from person where name like 'Ann %'`); got != "ann.lee Ann Marsh ann@corriemere.example" {
		t.Error(got)
	}
	page, at = b.tried(fileOf{"people.csv", "id,name,email\nann.roe,Ann Roe,ann@corriemere.example\n"})
	b.press(page, "Keep both apart").is(http.StatusSeeOther)
	b.press(b.get(at), "Bring in 1").is(http.StatusSeeOther)
	if got := h.text(`select id || coalesce(email, ' without') from person where id = 'ann.roe'`); got != "ann.roe without" {
		t.Error(got)
	}
}

// What cannot be one any more says so at its row, and the rest can come in.
func TestTwoWhoCannotBeOneSaySoAtTheirRow(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ moved, says, after string }{
		"the new one came": {`insert into person (id, name) values ('7', 'Ann Lee')`, "7 is in Skein by now, besides ann.lee.", "One person can come in, and one person changes"},
		"the other is gone": {
			`delete from person where id = 'ann.lee'`, "Ann Lee, whom this row was said to be, is not in Skein any more.", "Two people can come in",
		},
		"it leads elsewhere": {
			`insert into person_alias (id, log_key, person_id, made_at) values ('7', 'k', 'teo-marchi', now())`, "7 leads to teo-marchi in Skein by now", "One person can come in, and one person changes",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, b := hasAnn(t)
			page, at := b.tried(ofAnn[0])
			b.press(page, "They are one").is(http.StatusSeeOther)
			page = b.get(at)
			h.exec(c.moved)
			b.press(page, "Bring in 2").is(http.StatusSeeOther)
			page = b.get(at).says("main", "Something in Skein has changed").says("#not-yet", c.says).says("h1", "One person can come in, one cannot yet")
			if n := h.count(`select count(*) from person where id = 'bo'`); n != 0 {
				t.Error("something came in")
			}
			b.press(page, "Keep both apart").is(http.StatusSeeOther)
			b.get(at).says("h1", c.after)
		})
	}
}

// One who would lead beside themselves is refused at the row of the lead.
func TestOneWhoWouldLeadBesideThemselvesIsRefused(t *testing.T) {
	t.Parallel()
	_, b := hasAnn(t)
	page, at := b.tried(ofAnn[0], fileOf{"projects.csv", "id,title,requirements\nx,Night letters,Valves:3\n"},
		fileOf{"leads.csv", "project,person,role\nx,ann.lee,primary\nx,7,co\n"})
	b.press(page, "They are one").is(http.StatusSeeOther)
	b.get(at).says("#not-yet", "Row 3 of leads.csv")
}

func TestWhatIsSaidOfTwoIsHeldAgainstThePage(t *testing.T) {
	t.Parallel()
	_, b := hasAnn(t)
	page, at := b.tried(ofAnn[0])
	version := page.Find(`#twos [name="`+component.VersionName+`"]`).First().AttrOr("value", "")
	say := func(there, is string) *answer {
		return b.post(at+"/mend", component.VersionName, version, "who", "7", "there", there, "is", is)
	}
	say("teo-marchi", "one").is(http.StatusUnprocessableEntity).says("main", "not asked about any more")
	say("ann.lee", "both").is(http.StatusUnprocessableEntity).says("main", "not asked about any more")
	say("ann.lee", "one").is(http.StatusSeeOther)
	say("ann.lee", "two").is(http.StatusUnprocessableEntity).says("main", "Somebody else changed")
}

// The page says of each column in how many rows it says something, and how many of those would change what stands.
func TestColumnsAreCounted(t *testing.T) {
	t.Parallel()
	_, b := hasAnn(t)
	page, at := b.tried(fileOf{"staff.csv", "Staff no,Full name,Mail,Grade\nann.lee,Ann Lee,b@corriemere.example,\nbo,Bo Lindqvist,,7\n"})
	page.says("main", "“Staff no”, who it is: filled in every row.").says("main", "“Full name”, name: filled in every row.").
		says("main", "“Mail”, e-mail address: filled in one of two rows, empty in the other; one of them would change what stands there.").says("main", "“Grade”, kept aside: filled in one of two rows, empty in the other.").
		says("main", "columns that Skein keeps but the matching cannot see: Grade.")
	if strings.Contains(page.body, "attributes") {
		t.Error("the page speaks of attributes")
	}
	b.press(page, "Bring in 2").is(http.StatusSeeOther)
	b.get(at).says("main", "one of them changed what stood there.")
}
