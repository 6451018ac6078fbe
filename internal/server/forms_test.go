package server

import (
	"go/ast"
	"go/parser"
	"go/token"
	"net/http"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"skein/web/path"

	"github.com/jackc/pgx/v5"
)

// wholeForm is a form of the matrix with every field filled in rightly, and who may send it.
type wholeForm struct {
	route  string
	hat    string
	set    func(h *house) // beyond what the row's set makes
	fields []string
	// names are the fields that take the id or the name of something: what is closed by now.
	names map[string]string
	// need are those of them that may not be empty.
	need []string
}

// wholeForms are all forms that take words.
func wholeForms() []wholeForm {
	skilled := func(h *house) {
		h.exec(`insert into skill (id, name) values ('valve', 'Valve data') on conflict do nothing`)
		h.exec(`insert into priority (id, title, place, retired_at) values ('old-aim', 'Old aim', 7, $1)`, wall)
		h.exec(`update person set deactivated_at = $1 where id = 'dario-venn'`, wall)
		h.exec(`update person set read_how_at = $1, hours_per_week = 20`, wall)
	}
	asking := func(h *house) {
		skilled(h)
		h.exec(`insert into requirement (phase_id, skill_id, importance) values ('00000000-0000-7000-8000-000000000002', 'valve', 4)`)
	}
	written := func(h *house) { // nothing was picked: a steward reads and decides
		skilled(h)
		h.exec(`update pick set claim_id = null, rule = 'written'`)
		h.exec(`update claim set state = 'submitted', unscored = true, why = 'I know it.'`)
	}
	own := func(h *house) {
		skilled(h)
		h.exec(`insert into evidence (person_id, skill_id, kind, level, observed_on) values ('teo-marchi', 'valve', 'self', 3, $1)`, wall)
	}
	demo := func(h *house) {
		skilled(h)
		h.password("teo-marchi", "four unrelated words")
		h.exec(`update person set attributes = '{"demo": "staff"}'`)
	}
	noor, dario := "Noor Basri", "Dario Venn"
	return []wholeForm{
		{route: path.SettingsProfile, hat: asStaff, set: skilled, fields: []string{"name", "Teo Marchi", "self", "Pumps.", "hours", "6"}},
		{route: path.SettingsSkills, hat: asStaff, set: skilled, fields: []string{"skill", "Old pumps", "level", "3"}, need: []string{"skill"}},
		{route: path.SettingsAsks, hat: asStaff, set: own, fields: []string{"about", "valve", "colleague", noor}, names: map[string]string{"about": "", "colleague": dario}, need: []string{"about", "colleague"}},
		{route: path.SettingsWishes, hat: asStaff, set: skilled, fields: []string{"wish", "Old pumps"}, need: []string{"wish"}},
		{route: path.SettingsLeave, hat: asStaff, set: skilled, fields: []string{"from", "2027-02-01", "until", "2027-02-03"}},
		{route: path.Welcome, hat: asStaff, set: skilled, fields: []string{"known", "Old pumps", "level", "3", "wish", "New pumps", "hours", "5", "colleagues", noor}, names: map[string]string{"colleagues": dario}},
		{route: path.WelcomeBefore, hat: asStaff, set: skilled, fields: []string{"what", "The old works", "skill", "Old pumps", "level", "3", "colleague", noor}, names: map[string]string{"colleague": dario}, need: []string{"colleague", "skill", "what"}},
		{route: path.People + "/{id}/endorse", hat: asStaff, set: skilled, fields: []string{"skill", "Old pumps", "level", "4", "note", "Seen."}, need: []string{"skill"}},
		{route: "/asks/{id}", hat: asStaff, fields: []string{"level", "4", "note", "Seen."}},
		{route: "/teams/{id}/turns", hat: asSteward, fields: []string{"turns", "turns"}},
		{
			route: path.Import + "/{id}/mend", hat: asAdministrator, set: func(h *house) { h.exec(`update intake set version = 9`) },
			fields: []string{"version", "9", "part", "0", "column", "email", "value", "x", "with", "", "row", "2", "teams", "", "encoding", "windows-1252"},
		},
		{route: path.Import + "/{id}/columns", hat: asAdministrator, set: func(h *house) { h.exec(`update intake set version = 9`) }, fields: []string{"version", "9", "kind.0", "people.csv"}},
		{route: path.AdminSkills + "/{id}/name", hat: asAdministrator, fields: []string{"name", "Pump data"}, need: []string{"name"}},
		{route: path.AdminSkills + "/{id}/names/drop", hat: asAdministrator, fields: []string{"name", "Pump data"}},
		{route: path.AdminSkills + "/{id}/kind", hat: asAdministrator, fields: []string{"kind", "domain", "fades", "other", "days", "90"}, need: []string{"kind", "days"}},
		{
			route: "/projects/{id}/how-did-it-go/{review}", hat: asLead, set: skilled, need: []string{"result"},
			fields: []string{"result", "reached", "led", "I asked first.", "again", "Ask first.", "wants", "named", "showed", "", "who.0", "", "what.0", ""},
		},
		{route: path.SetupAway, hat: asAdministrator, fields: []string{"away", "yes"}},
		{route: path.AdminPeople, hat: asAdministrator, fields: []string{"name", "Alba Runciman", "email", "alba@corriemere.example", "circle", "leaks"}, names: map[string]string{"circle": ""}, need: []string{"name"}},
		{route: path.AdminInvitations, hat: asAdministrator, fields: []string{"step", "all", "q", "Alba", "show", "without", "circle", "leaks", "person", "teo-marchi"}},
		{
			route: path.AdminPeople + "/{id}/details", hat: asAdministrator, set: skilled, names: map[string]string{"circle": "", "manager": dario},
			fields: []string{"circle", "leaks", "hours", "4.5", "manager", noor, "active_from", "2025-02-01", "active_until", "2027-02-01"},
		},
		{route: "/settings/passkeys/{id}/name", hat: asStaff, fields: []string{"name", "My key"}, need: []string{"name"}},
		{route: path.SetUnknown, hat: asAdministrator, fields: []string{"unknown", "make"}, need: []string{"unknown"}},
		{route: path.SetPasswords, hat: asAdministrator, set: skilled, fields: []string{"passwords", "on", "named", "owen-pell"}, names: map[string]string{"named": "dario-venn"}, need: []string{"passwords"}},
		{route: path.AddGroupRole, hat: asAdministrator, fields: []string{"group", "Water people", "hat", "steward", "circle", "leaks"}, names: map[string]string{"circle": ""}, need: []string{"group", "hat", "circle"}},
		{route: path.AdminRetention, hat: asAdministrator, fields: []string{"months", "24"}, need: []string{"months"}},
		{route: path.AdminCurrency, hat: asAdministrator, fields: []string{"currency", "CHF"}, need: []string{"currency"}},
		{route: path.AdminZone, hat: asAdministrator, fields: []string{"zone", "Europe/Paris"}, need: []string{"zone"}},
		{route: path.AdminPeople + "/{id}/name", hat: asAdministrator, fields: []string{"name", "Teo Marchi"}, need: []string{"name"}},
		{route: path.AdminPeople + "/{id}/id", hat: asAdministrator, fields: []string{"id", "teo"}, need: []string{"id"}},
		{route: path.AdminPeople + "/{id}/merge", hat: asAdministrator, fields: []string{"with", "dario-venn", "keep", "teo-marchi"}, need: []string{"keep"}},
		{route: path.AdminPeople + "/{id}/email", hat: asAdministrator, set: func(h *house) { h.password("teo-marchi", "four unrelated words") }, fields: []string{"email", "teo2@corriemere.example"}, need: []string{"email"}},
		{route: path.AdminPeople + "/{id}/hats", hat: asAdministrator, fields: []string{"hat", "steward", "circle", "leaks"}, names: map[string]string{"circle": ""}, need: []string{"circle"}},
		{route: path.AdminTeams, hat: asAdministrator, fields: []string{"name", "Pumps", "purpose", "Water\ngoes up.", "in", "leaks", "id", "pumps"}, names: map[string]string{"in": ""}, need: []string{"name"}},
		{route: path.AdminTeamWord, hat: asAdministrator, fields: []string{"word", "guild", "words", "guilds"}, need: []string{"word"}},
		{route: path.AdminTeams + "/{id}/name", hat: asAdministrator, fields: []string{"name", "Drips", "purpose", "Water\nstays."}, need: []string{"name"}},
		{
			route: path.AdminTeams + "/{id}/move", hat: asAdministrator, names: map[string]string{"in": ""},
			set:    func(h *house) { h.exec(`insert into circle (id, name) values ('water', 'Water')`) },
			fields: []string{"in", "water", "seen", ""},
		},
		{route: path.AdminTeams + "/{id}/stewards", hat: asAdministrator, set: skilled, fields: []string{"who", noor}, names: map[string]string{"who": dario}, need: []string{"who"}},
		{route: path.AdminVision, hat: asExecutive, fields: []string{"organisation", "Corriemere", "vision", "Clean water", "purpose", "For\neverybody."}, need: []string{"organisation"}},
		{
			route: path.Priorities, hat: asExecutive, set: skilled, names: map[string]string{"owner": "dario-venn"}, need: []string{"title"},
			fields: []string{"title", "Letters", "measure", "Letters", "horizon", "2027", "weight", "1", "owner", "noor-basri"},
		},
		{
			route: path.Priorities + "/{id}", hat: asExecutive, set: skilled, names: map[string]string{"owner": "dario-venn"}, need: []string{"title"},
			fields: []string{"title", "Letters", "measure", "Letters", "horizon", "2027", "weight", "1", "owner", "noor-basri"},
		},
		{
			route: path.Guardrails, hat: asExecutive, set: skilled, names: map[string]string{"owner": "dario-venn"}, need: []string{"reason"},
			fields: []string{"kind", "leads_at_once", "number", "2", "reason", "Three are too many.", "owner", "noor-basri", "review_on", "2027-01-02"},
		},
		{
			route: path.Guardrails + "/{id}", hat: asExecutive, set: skilled, names: map[string]string{"owner": "dario-venn"}, need: []string{"reason"},
			fields: []string{"number", "3", "reason", "Three are too many.", "owner", "noor-basri", "review_on", "2027-01-02"},
		},
		{route: path.Projects, hat: asSteward, set: skilled, fields: proposalFields, names: proposalNames, need: []string{"title"}},
		{route: path.Projects + "/{id}/edit", hat: asSteward, set: skilled, fields: proposalFields, names: proposalNames, need: []string{"title"}},
		{route: path.InTheWay, hat: asStaff, fields: []string{"says", "Nobody answers the phone."}, need: []string{"says"}},
		{route: path.Projects + "/{id}/cancel", hat: asSteward, fields: []string{"reason", "Nobody asks for it."}, need: []string{"reason"}},
		{route: path.Projects + "/{id}/complete", hat: asLead, fields: []string{"reason", "It is done."}},
		{route: path.Projects + "/{id}/join", hat: asStaff, fields: []string{"brings", "A pump"}},
		{route: path.Projects + "/{id}/stand-in", hat: asLead, fields: []string{"person", "noor-basri", "from", "2026-05-12", "until", "2026-06-01"}, need: []string{"until"}},
		{route: path.Projects + "/{id}/week", hat: asLead, fields: []string{"state", "at_risk", "says", "It slips.", "same", ""}, need: []string{"state", "says"}},
		{
			route: path.Projects + "/{id}/changed", hat: asLead, need: []string{"why"},
			fields: restated("phase", "The dry months"),
		},
		{
			route: path.Projects + "/{id}/reconsider", hat: asLead, need: []string{"part"},
			fields: []string{"answer", "split", "part", "The daily note"},
		},
		{
			route: path.Projects + "/{id}/change", hat: asLead, need: []string{"title", "purpose", "end"},
			fields: []string{"title", "Night Pressure, west", "purpose", "Lower the pressure\nat night.", "judged", "By the meter.", "end", "2026-08-20", "teams", ""},
		},
		{
			route: path.Projects + "/{id}/remit", hat: asLead, need: []string{"hours", "area.0", "decides.0", "reason"},
			fields: []string{"hours", "5", "area.0", "The work", "decides.0", "after_advice", "ceiling.0", "300", "with.0", "the crews", "reason", "It grew."},
		},
		{route: path.Projects + "/{id}/members", hat: asLead, set: skilled, fields: []string{"who", "Teo Marchi", "brings", "A pump"}, names: map[string]string{"who": "Dario Venn"}, need: []string{"who"}},
		{route: path.Projects + "/{id}/reopen", hat: asSteward, fields: []string{"reason", "It leaks again.", "end", "2026-09-01"}, need: []string{"reason"}},
		{route: path.Projects + "/{id}/remit/{change}", hat: asExecutive, fields: []string{"answer", "no", "refusal", "It is too much."}, need: []string{"refusal"}},
		{route: path.Projects + "/{id}/links", hat: asLead, fields: []string{"label", "The board", "url", "https://work.example.org/"}, need: []string{"label", "url"}},
		{route: path.Projects + "/{id}/steps", hat: asLead, fields: []string{"says", "Ask the crews", "due", "2026-06-01"}, need: []string{"says", "due"}},
		{route: path.Projects + "/{id}/steps/{step}", hat: asLead, fields: []string{"done", "yes"}},
		{route: path.Projects + "/{id}/ask", hat: asStaff, fields: []string{"says", "Are hosepipes next?"}, need: []string{"says"}},
		{route: path.Projects + "/{id}/questions/{question}", hat: asLead, fields: []string{"answer", "Not above Weir Lane."}, need: []string{"answer"}},
		{
			route: "/projects/{id}/decisions/new", hat: asLead, need: []string{"question", "area"},
			fields: []string{"question", "Who calls?", "options", "Ines.\nBram.", "area", "Who does what", "costs", "10", "replaces", ""},
		},
		{
			route: path.Decisions + "/{decision}/change", hat: asLead, need: []string{"question", "area"},
			fields: []string{"question", "Who calls?", "options", "Ines.\nBram.", "area", "Who does what"},
		},
		{route: path.Decisions + "/{decision}/ask", hat: asLead, set: skilled, fields: []string{"names", "Judith Orme", "why", "knows the crews", "until", "2026-06-20"}, names: map[string]string{"names": dario}},
		{route: path.Decisions + "/{decision}/advise", hat: asStaff, fields: []string{"advice", "Say it where it is true.", "answer", "advise"}, need: []string{"advice"}},
		{route: path.Decisions + "/{decision}/decide", hat: asLead, fields: []string{"says", "Street by street", "chosen", "2", "reason", "To be believed."}, need: []string{"says", "reason"}},
		{route: path.Decisions + "/{decision}/close", hat: asLead, fields: []string{"reason", "It rains."}, need: []string{"reason"}},
		{route: path.Decisions + "/{decision}/came", hat: asLead, fields: []string{"came", "It held."}, need: []string{"came"}},
		{route: path.Projects + "/{id}/needs/{need}/grant", hat: asSteward, fields: []string{"until", "2027-02-01"}},
		{route: path.Projects + "/{id}/needs/{need}", hat: asSteward, fields: []string{"answer", "no", "reason", "It was sold.", "less", "2"}, need: []string{"answer", "reason"}},
		{route: path.Projects + "/{id}/start", hat: asSteward, fields: []string{"day", "2026-05-20", "reason", "It rains."}, need: []string{"day", "reason"}},
		{route: "/claims/{id}/review", hat: asStaff, set: func(h *house) { h.exec(`delete from review`) }, fields: []string{"what", "Is it?"}, need: []string{"what"}},
		{route: "/picks/{id}", hat: asSteward, fields: []string{"answer", "return", "reason", "No."}, need: []string{"reason"}},
		{route: "/picks/{id}", hat: asSteward, set: written, fields: []string{"answer", "confirm", "claim", "00000000-0000-7000-8000-0000000000aa", "reason", "It says how."}, names: map[string]string{"claim": "00000000-0000-7000-8000-0000000000ab"}, need: []string{"claim", "reason"}},
		{route: "/reviews/{id}", hat: asExecutive, fields: []string{"upheld", "no", "answer", "It was."}, need: []string{"answer"}},
		{
			route: "/projects/{id}/claim", hat: asStaff, set: asking, names: map[string]string{"coach": dario, "with": dario},
			fields: []string{"why", "I know it.", "coach", noor, "with", "Ines Calder", "unscored", "yes", "read", "yes"},
		},
		{route: "/projects/{id}/claim/word", hat: asStaff, set: asking, fields: []string{"skill", "valve", "level", "3"}},
		{route: "/projects/{id}/claim/ask", hat: asStaff, set: asking, fields: []string{"skill", "valve", "colleague", noor}, names: map[string]string{"colleague": dario}, need: []string{"colleague"}},
		{
			route: "/invitations/{token}", hat: asAnonymous, need: []string{"email"},
			fields: []string{"email", "alba@corriemere.example", "password", "four unrelated words"},
		},
		{route: "/projects/{id}/handing-on", hat: asLead, fields: wholeNote, need: []string{"now", "summary", "what.0", "then.0"}},
		{route: "/projects/{id}/handing-on/said", hat: asStaff, fields: saidBack, need: []string{"now", "summary", "actions", "if.0"}},
		{route: path.DemoSignIn, hat: asAnonymous, fields: []string{"person", "teo-marchi"}, names: map[string]string{"person": "dario-venn"}, need: []string{"person"}, set: demo},
	}
}

var proposalFields = []string{
	"title", "Letters", "purpose", "Letters that\npeople read.", "judged", "By letters.", "hours", "4", "end", "2027-06-01",
	"template", "fix", "team", "leaks", "priority", "leaks-down", "trust", "weighed",
	"uncertainty", "complex", "stakes", "3", "urgency", "3", "expertise", "3", "commitment", "3", "reach", "3", "readiness", "3",
	"skill.0", "Old pumps", "importance.0", "4", "level.0", "3",
	"need_kind.0", "tools", "need_what.0", "A pump", "need_amount.0", "1", "need_of.0", "Noor Basri",
	"area.0", "The valves", "decides.0", "by_agreement", "ceiling.0", "10", "with.0", "the works",
}

var proposalNames = map[string]string{"team": "", "priority": "old-aim", "need_of.0": "Dario Venn"}

// open makes a house in which the form may be sent, and returns where, and by whom.
func (f wholeForm) open(t *testing.T) (*house, *browser, string) {
	t.Helper()
	rows := matrix()
	i := slices.IndexFunc(rows, func(r row) bool { return r.method == http.MethodPost && r.route == f.route })
	if i < 0 {
		t.Fatalf("%s is not in the matrix", f.route)
	}
	h := newTest(t, func(c *Config) { c.Demo = true })
	h.exec(`update organisation set demo = true`)
	people := h.cast()
	at := h.place(rows[i])
	if f.set != nil {
		f.set(h)
	}
	if f.hat == asAnonymous {
		return h, h.anonymous(), at
	}
	return h, h.as(people[f.hat]), at
}

// with is the fields with one of another value.
func (f wholeForm) with(name, value string) []string {
	fields := slices.Clone(f.fields)
	for i := 0; i < len(fields); i += 2 {
		if fields[i] == name {
			fields[i+1] = value
		}
	}
	return fields
}

func (f wholeForm) value(name string) string {
	for i := 0; i < len(f.fields); i += 2 {
		if f.fields[i] == name {
			return f.fields[i+1]
		}
	}
	return ""
}

// TestNoFormStoresWhatNobodySees sends each form with a character in each field that turns round the
// text beside it, and then as it should be.
func TestNoFormStoresWhatNobodySees(t *testing.T) {
	t.Parallel()
	for i, f := range wholeForms() {
		t.Run(strconv.Itoa(i)+f.route, func(t *testing.T) {
			t.Parallel()
			h, b, at := f.open(t)
			for n := 0; n < len(f.fields); n += 2 {
				for _, hidden := range []string{"\u202e", "\u2067", "\x1b"} {
					a := b.post(at, f.with(f.fields[n], f.fields[n+1]+hidden+"a")...)
					if a.Response.StatusCode >= 500 {
						t.Errorf("%s with %q: %d\n%s", f.fields[n], hidden, a.Response.StatusCode, h.log)
					}
					if where := h.holding(hidden); len(where) > 0 {
						t.Errorf("%s with %q is stored in %v", f.fields[n], hidden, where)
					}
				}
			}
			t.Run("as it should be", func(t *testing.T) {
				h, b, at := f.open(t)
				if a := b.post(at, f.fields...); a.Response.StatusCode >= 400 {
					t.Errorf("%d, said %q\n%s", a.Response.StatusCode, a.Find(".wrong").Text(), h.log)
				}
			})
		})
	}
}

// TestTheFirstNameIsOneThatPeopleSee is the one form of the door that no row of the matrix opens.
func TestTheFirstNameIsOneThatPeopleSee(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	at, b := h.invited(""), h.anonymous()
	good := wholeForm{fields: []string{
		"name", "Ana Lima", "organisation", "Corriemere", "zone", "Europe/Paris", "email", "ana@corriemere.example", "password", "four unrelated words",
	}}
	for _, field := range []string{"name", "organisation", "zone", "email"} {
		for _, value := range []string{"", "\u200b", "Bob\u202eecila", "Ana\x1b[31m"} {
			b.post(at, good.with(field, value)...).is(http.StatusUnprocessableEntity)
		}
	}
	b.post(at, good.with("name", "Jose\u0301 Lima")...).is(http.StatusSeeOther)
	if got := h.text(`select name from person`); got != "José Lima" {
		t.Errorf("the name is kept as %+q", got)
	}
}

// holding lists the tables in which a text is.
func (h *house) holding(text string) []string {
	h.Helper()
	var all string
	err := h.pool.QueryRow(h.Context(), `
		select string_agg(format('select %L from %1$I as t where strpos(t::text, $1) > 0', relname), ' union all ')
		from pg_class
		where relnamespace = 'public'::regnamespace and relkind = 'r'
			and relname not in ('sessions', 'schema_migrations') and relname not like 'river%'`).Scan(&all)
	if err != nil {
		h.Fatal(err)
	}
	if n := strings.Count(all, " union all "); n < 40 {
		h.Fatalf("%d tables", n)
	}
	rows, _ := h.pool.Query(h.Context(), all, text)
	where, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		h.Fatal(err)
	}
	return where
}

// TestEveryFormRefusesAtTheFieldWhatIsNotThere sends each form with the id or the name of something
// that never was, of something that is closed by now, and, where one is needed, with none.
func TestEveryFormRefusesAtTheFieldWhatIsNotThere(t *testing.T) {
	t.Parallel()
	for i, f := range wholeForms() {
		if len(f.names)+len(f.need) == 0 {
			continue
		}
		t.Run(strconv.Itoa(i)+f.route, func(t *testing.T) {
			t.Parallel()
			h, b, at := f.open(t)
			refused := func(name, value string) {
				t.Helper()
				a := b.post(at, f.with(name, value)...)
				if a.Response.StatusCode != http.StatusUnprocessableEntity || a.Find(".wrong, .refusal").Length() == 0 && !formless(f) {
					t.Errorf("%s %q: %d, said %q\n%s", name, value, a.Response.StatusCode, a.Find(".wrong, .refusal").Text(), h.log)
				}
			}
			for name, closed := range f.names {
				if f.value(name) == "" {
					t.Fatalf("there is no field %s", name)
				}
				refused(name, "nobody-and-nothing")
				if closed != "" {
					refused(name, closed)
				}
			}
			for _, name := range f.need {
				refused(name, "")
			}
		})
	}
}

// formless tells of a page that shows its sentence above, since the form is not on it any more: after
// an offer nobody can ask for a review, and the demo's door is buttons alone.
func formless(f wholeForm) bool {
	return f.route == "/claims/{id}/review" || f.route == path.DemoSignIn
}

// notWords are fields of forms that choose or count: buttons, hidden ids of rows, places to go on to.
var notWords = map[string]bool{
	"next": true, "then": true, "ready": true, "step": true, "show": true, "anyway": true, "giver": true, "project": true,
	"filled": true, "version": true, "struck": true, "equal": true, "need_id": true, "must": true, "upheld": true,
	"shown": true, "organisation": true, "zone": true, "old": true, "back": true, "into": true, "into_version": true, "there": true, "is": true,
	"said": true, "lesson": true, // hidden keys of what was said
	"hardly": true, // a button with a value, which is no answer
	"code":   true, // one is read sign by sign: second_test.go
	"second": true, // of two; where the demo is, which whole forms are sent in, there can be no passkeys
}

// TestEveryFieldIsInSomeWholeForm reads which fields the handlers take, so that none is forgotten above.
func TestEveryFieldIsInSomeWholeForm(t *testing.T) {
	t.Parallel()
	in := map[string]bool{}
	for _, f := range wholeForms() {
		for i := 0; i < len(f.fields); i += 2 {
			name, _, _ := strings.Cut(f.fields[i], ".")
			in[name] = true
		}
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			field, ok := fieldTaken(n)
			field, _, _ = strings.Cut(field, ".") // of a line of several
			if !ok {
				return true
			}
			found++
			if !in[field] && !notWords[field] {
				t.Errorf("%s takes the field %q, which is in no whole form: add it", name, field)
			}
			return true
		})
	}
	if found < 60 {
		t.Errorf("only %d fields were found", found)
	}
}

// fieldTaken tells which field f.Text, f.Texts or f.ID takes.
func fieldTaken(n ast.Node) (string, bool) {
	call, ok := n.(*ast.CallExpr)
	if !ok || len(call.Args) != 1 {
		return "", false
	}
	method, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || !slices.Contains([]string{"Text", "Texts", "Name", "ID"}, method.Sel.Name) {
		return "", false
	}
	if of, ok := method.X.(*ast.Ident); !ok || of.Name != "f" {
		return "", false
	}
	arg := call.Args[0]
	if sum, ok := arg.(*ast.BinaryExpr); ok { // "skill" + at
		arg = sum.X
	}
	text, ok := arg.(*ast.BasicLit)
	if !ok {
		return "", false
	}
	return strings.Trim(text.Value, `"`), true
}
