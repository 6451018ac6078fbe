package leaddb_test

import (
	"context"
	"slices"
	"testing"

	leaddb "skein/internal/postgres/lead"
	"skein/internal/postgres/pgtest"
)

// What somebody openly holds is listed, kind by kind, and nothing that is sealed.
func TestWhatAPersonHoldsIsListedWithoutWhatIsSealed(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	for _, sql := range []string{
		`
		insert into circle (id, name) values ('net', 'Network')`,
		`
		insert into person (id, name) values ('ines', 'Ines Calder'), ('tomas', 'Tomas Orr')`,
		`
		insert into hat (person_id, kind, circle_id, given_at) values ('ines', 'steward', 'net', '2026-01-01')`,
		`
		insert into priority (id, title, owner_id, place) values ('leaks', 'Leaks down', 'ines', 1)`,
		`
		insert into guardrail (kind, number, reason, owner_id, made_at) values ('longest_term', 9, 'Turns.', 'ines', '2026-01-01')`,
		`
		insert into project (id, title, state, proposed_by, circle_id) values
			('desk', 'Drought Desk', 'led', 'tomas', 'net'), ('pipe', 'Pipe Bridge', 'led', 'tomas', 'net'),
			('night', 'Night Pressure', 'open', 'ines', 'net'), ('draft', 'A Draft', 'draft', 'ines', 'net'),
			('past', 'Past', 'completed', 'ines', 'net'), ('weir', 'Weir', 'led', 'tomas', 'net'), ('hill', 'Hill', 'led', 'tomas', 'net'), ('moor', 'Moor', 'led', 'tomas', 'net')`,
		`
		insert into phase (id, project_id) values ('00000000-0000-7000-8000-000000000001', 'night')`,
		`
		insert into claim_window (id, project_id, phase_id, opened_at, seed) values
			('00000000-0000-7000-9000-000000000001', 'night', '00000000-0000-7000-8000-000000000001', '2026-03-02', 's')`,
		`
		insert into claim (window_id, project_id, phase_id, person_id, state, drafted_at, changed_at, submitted_at) values
			('00000000-0000-7000-9000-000000000001', 'night', '00000000-0000-7000-8000-000000000001', 'ines', 'submitted',
			'2026-03-02', '2026-03-02', '2026-03-02')`,
		`
		insert into term (project_id, person_id, role, state, during, ends_on) values
			('desk', 'tomas', 'primary', 'live', '[2026-01-01,]', '2026-06-30'), ('pipe', 'ines', 'primary', 'live', '[2026-01-01,]', '2026-07-31'),
			('desk', 'ines', 'co', 'live', '[2026-01-01,]', null), ('night', 'ines', 'primary', 'offered', null, null),
			('past', 'ines', 'primary', 'ended', '[2025-01-01,2025-02-01]', null),
			('weir', 'tomas', 'primary', 'live', '[2026-01-01,]', null), ('hill', 'tomas', 'primary', 'live', '[2026-01-01,]', null)`,
		`
		insert into term (project_id, person_id, role, state, offered_at, answered_at) values
			('weir', 'ines', 'co', 'offered', '2026-03-02', null), ('hill', 'ines', 'co', 'asked', '2026-03-02', null),
			('moor', 'ines', 'co', 'asked', '2026-03-02', '2026-03-03'), ('past', 'ines', 'co', 'declined', '2026-03-02', '2026-03-03')`,
		`
		insert into stand_in (project_id, spell, person_id, for_id, state, asked_at, answer_by, from_on, until_on) values
			('weir', '00000000-0000-7000-8000-00000000000b', 'ines', 'tomas', 'asked', '2026-03-02', '2026-03-04', '2026-03-03', '2026-03-21')`,
		`
		insert into decision (id, project_id, question, area, state, opened_by, opened_at, asked_at, advice_on, line) values
			('00000000-0000-7000-a000-000000000001', 'weir', 'A pump?', 'Pumps', 'asking', 'tomas', '2026-03-02', '2026-03-02', '2026-03-16', '[]')`,
		`
		insert into remit_change (project_id, term_id, state, proposed_by, proposed_at, by_lead, reason, asked_of, answer_by, was, becomes)
			select project_id, id, 'proposed', person_id, '2026-03-02', true, 'It grew.', 'ines', '2026-03-16', '{}', '{}'
			from term where project_id = 'hill' and role = 'primary'`,
		`
		insert into advice (decision_id, project_id, person_id, state, asked_by, asked_at) values
			('00000000-0000-7000-a000-000000000001', 'weir', 'ines', 'asked', 'tomas', '2026-03-02')`,
		`
		insert into member (project_id, person_id, joined_at) values ('desk', 'ines', '2026-01-02'), ('past', 'ines', '2025-01-02')`,
		`
		insert into need (project_id, kind, what, asked_of) values ('desk', 'tools', 'a boat', 'ines'), ('past', 'tools', 'a van', 'ines')`,
		`
		insert into stand_in (project_id, spell, person_id, for_id, state, asked_at, answer_by, answered_at, from_on, until_on) values
			('desk', '00000000-0000-7000-8000-00000000000a', 'ines', 'tomas', 'standing', '2026-03-02', '2026-03-04', '2026-03-03', '2026-03-03', '2026-03-20')`,
	} {
		pgtest.Exec(t, pool, sql)
	}
	held, err := leaddb.New(pool).Holds(context.Background(), "ines")
	if err != nil {
		t.Fatal(err)
	}
	var is []string
	for _, h := range held {
		is = append(is, string(h.Kind)+" "+h.Title)
	}
	want := []string{
		"offer Night Pressure", "lead Pipe Bridge", "standin Drought Desk", "co Drought Desk", "beside Moor", "beside Weir", "question Hill", "asked Weir", "member Drought Desk",
		"need Drought Desk", "advice Weir", "remit Hill", "project Night Pressure",
		"circle Network", "priority Leaks down", "rail ",
	}
	if !slices.Equal(is, want) {
		t.Errorf("held %q\nwant %q", is, want)
	}
	if h := held[2]; h.Who != "Tomas Orr" || h.Until.Day() != 20 || h.Project != "desk" {
		t.Errorf("the stand-in is %+v", h)
	}
	if beside, question := held[5], held[6]; beside.Who != "Tomas Orr" || question.Who != "Tomas Orr" || held[4].Who != "" {
		t.Errorf("beside whom: %+v, %+v, %+v", beside, question, held[4])
	}
	if none, err := leaddb.New(pool).Holds(context.Background(), "nobody"); err != nil || len(none) > 0 {
		t.Errorf("of nobody: %v, %v", none, err)
	}
}
