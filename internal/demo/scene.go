package demo

import (
	"context"
	"strconv"

	"github.com/jackc/pgx/v5"
)

// cast are the people whom a demo offers to be, and what they find.
var cast = []struct{ person, line string }{
	{"ines-calder", "Technician in Leaks. She was chosen for a lead and has not answered yet."},
	{"teo-marchi", "New this month. Four questions, and he sees what he could lead."},
	{"tomas-orr", "Leads Drought Desk. Somebody would like to co-lead, and somebody asks him something."},
	{"hamish-orde", "Head of Leaks. He claimed too, and was not chosen; Pipe Bridge is handed on to him, and he says it back; Tomas asks for his advice."},
	{"kwame-boateng", "Leads Pipe Bridge, and hands it on. When it is said back, he signs."},
	{"marta-oyelaran", "Steward of Network. A pick waits for her check."},
	{"mirren-tait", "Steward of River Care. She checks who leads Swim Forecast, stands in for Idris, and says what becomes of Storm Overflow Map, and is asked for advice."},
	{"judith-amadi", "Executive. Sets priorities and guardrails; appoints nobody."},
	{"gethin-moss", "Administrator. People, access, the audit log."},
}

var hats = []struct{ person, kind, circle string }{
	{"judith-amadi", "executive", ""},
	{"anselm-vey", "executive", ""},
	{"gethin-moss", "administrator", ""},
	{"marta-oyelaran", "steward", "network"},
	{"sunita-rao", "steward", "treatment"},
	{"sunita-rao", "steward", "corriemere"},
	{"owen-baptiste", "steward", "north-works"},
	{"gwen-astley", "steward", "south-works"},
	{"colm-ashdown", "steward", "customers"},
	{"viola-stead", "steward", "digital"},
	{"jonas-achter", "steward", "field-apps"},
	{"mirren-tait", "steward", "river-care"},
}

var wishes = []struct{ person, skill string }{
	{"ines-calder", "plain-writing"},
	{"ines-calder", "practice-incidents"},
	{"marisol-keane", "drought-planning"},
	{"petra-lind", "listening-for-leaks"},
	{"stellan-poole", "listening-for-leaks"},
	{"saoirse-bell", "user-research"},
	{"yara-benning", "forecasting"},
	{"milo-penrose", "filtration"},
	{"ravi-menon-hale", "teaching-crews"},
	{"dario-venn", "night-flows"},
	{"mads-winterton", "neighbours"},
}

// scene sets the organisation, its guardrails and hats, and who can be signed in as.
func (s seed) scene(ctx context.Context) error {
	b := &pgx.Batch{}
	b.Queue(`
		update organisation
		set name = 'Corriemere Water', vision = 'Safe water, fair bills, living rivers.', purpose = $1,
			zone = $2, demo = true, vision_changed_at = $3`,
		"We bring safe water to 214,000 people and give it back to the river no worse than we took it. "+
			"We say what we do and what it costs in words that anybody can check.", Zone, s.at(-97, 10, 15))
	rail := `insert into guardrail (kind, number, reason, owner_id, review_on, made_at) values ($1, nullif($2, 0), $3, $4, $5, $6)`
	b.Queue(rail, "leads_at_once", 2, "A third was always done in the evening.", "judith-amadi", s.day(20), s.at(-400, 9, 0))
	b.Queue(rail, "priority_named", 0, "Work that serves no priority takes people from work that does.", "judith-amadi", s.day(140), s.at(-400, 9, 0))
	b.Queue(rail, "longest_term", 9, "Everybody should get a turn.", "judith-amadi", s.day(230), s.at(-400, 9, 0))
	b.Queue(rail, "shortest_window", 2, "Nobody should miss a lead because they were on nights.", "anselm-vey", s.day(150), s.at(-200, 9, 0))
	for _, h := range hats {
		b.Queue(`insert into hat (person_id, kind, circle_id, given_at) values ($1, $2, nullif($3, ''), $4)`, h.person, h.kind, h.circle, s.at(-380, 9, 0))
	}
	b.Queue(`update person set welcomed_at = $1 where id <> 'teo-marchi'`, s.at(-360, 9, 0))
	b.Queue(`insert into read_how (person_id, at) select id, $1 from person where id <> 'teo-marchi'`, s.at(-360, 9, 0))
	b.Queue(`insert into account (person_id, email, made_at) select id, email, $1 from person where email is not null`, s.at(-370, 9, 0))
	for i, c := range cast {
		b.Queue(`update person set attributes = attributes || jsonb_build_object('demo', $2::text, 'demo_place', $3::text) where id = $1`,
			c.person, c.line, strconv.Itoa(i+1))
	}
	for _, w := range wishes {
		b.Queue(`insert into wish (person_id, skill_id, made_at) values ($1, $2, $3)`, w.person, w.skill, s.at(-50, 12, 0))
	}
	b.Queue(`insert into absence (person_id, from_on, until_on) values ('devika-thorne', $1, $2)`, s.day(-30), s.day(60))
	s.standIns(b)
	s.asks(b)
	return s.send(ctx, b)
}

// standIns: Mirren stands in while Idris is away, and Hamish is asked to while Dario will be.
func (s seed) standIns(b *pgx.Batch) {
	for _, one := range []struct {
		project, person, lead, state string
		from, until                  int
	}{
		{"riverfly-count", "mirren-tait", "idris-colley", "standing", -2, 9},
		{"quarry-road", "hamish-orde", "dario-venn", "asked", 5, 15},
	} {
		b.Queue(`insert into absence (person_id, from_on, until_on) values ($1, $2, $3)`, one.lead, s.day(one.from), s.day(one.until))
		b.Queue(`
			with asked as (select uuid_v7() as id)
			insert into stand_in (id, spell, project_id, person_id, for_id, asked_by, state, of_leave, asked_at, answer_by, answered_at, from_on, until_on)
			select id, id, $1, $2, $3, $3, $4, true, $5, $6, case when $4 = 'standing' then $7::timestamptz end, $8, $9
			from asked`,
			one.project, one.person, one.lead, one.state, s.at(-4, 15, 10), s.at(6, 17, 0), s.at(-3, 8, 30), s.day(one.from), s.day(one.until))
	}
}

// asks leaves a question with those who can be signed in as.
func (s seed) asks(b *pgx.Batch) {
	for _, a := range []struct{ about, skill, of string }{
		{"ines-calder", "drought-planning", "tomas-orr"},
		{"lorcan-steed", "information-security", "gethin-moss"},
		{"dunstan-pike", "street-works", "hamish-orde"},
		{"marisol-keane", "hydraulic-models", "marta-oyelaran"},
		{"ottoline-page", "neighbours", "judith-amadi"},
		{"stellan-poole", "listening-for-leaks", "ines-calder"},
	} {
		b.Queue(`insert into ask (person_id, skill_id, asked_of, asked_at, answer_by) values ($1, $2, $3, $4, $5)`,
			a.about, a.skill, a.of, s.at(-2, 11, 30), s.at(8, 17, 0))
	}
	b.Queue(`insert into term (project_id, phase_id, person_id, role, state, offered_at, answer_by)
		select 'drought-desk', phase.id, 'marisol-keane', 'co', 'asked', $1, $2
		from phase where project_id = 'drought-desk'`, s.at(-1, 16, 20), s.at(3, 17, 0))
}
