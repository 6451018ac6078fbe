package postgres_test

import (
	"context"
	"testing"

	"skein/internal/postgres"
	"skein/internal/postgres/pgtest"
	"skein/internal/skein"
	"skein/migrations"
)

// Names and texts that were stored before are cleaned: what is right stays as it is, and what has
// nothing to see takes its id.
func TestTextsThatWereStoredBeforeAreCleaned(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	url := pgtest.Empty(t)
	pool := open(t, url)
	if err := postgres.MigrateUp(ctx, url); err != nil {
		t.Fatal(err)
	}
	step := func(file string) {
		t.Helper()
		sql, err := migrations.FS.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := pool.Exec(ctx, string(sql)); err != nil {
			t.Fatal(err)
		}
	}
	step("0060_text.down.sql")
	want := map[string][2]string{ // by id: before, after
		"ana": {"Ana  Lima ", "Ana  Lima "}, "jo": {"👩🏽\u200d🚒 Jo 🇨🇦", "👩🏽\u200d🚒 Jo 🇨🇦"}, "mi": {"می\u200cخواهم", "می\u200cخواهم"}, "ok": {"ʻOkina <b>", "ʻOkina <b>"},
		"rlo": {"Bob\u202eecila", "Bobecila"}, "zw": {"Ana\u200bLima", "AnaLima"}, "nfd": {"Jose\u0301", "José"}, "two": {"Two\nlines", "Two lines"},
		"esc": {"\x1b[31mRed\u009b", "[31mRed"}, "end": {"Ana\u200d", "Ana"}, "tag": {"Ana\U000e0041", "Ana"}, "tab": {"A\tB", "A B"},
		"none": {"\u200b", "none"}, "dots": {"\u2800\u3164", "dots"}, "mark": {"\u0301", "mark"}, "x\u202ey": {"\ufe0f", "xy"}, "\u200b": {"\u200b", "Unnamed"},
	}
	for id, name := range want {
		if _, err := pool.Exec(ctx, `insert into person (id, name, about) values ($1, $2, $3)`, id, name[0], "One\r\n\u202etwo\x07\tthree \u200f."); err != nil {
			t.Fatal(err)
		}
		if _, err := pool.Exec(ctx, `insert into project (id, title) values ($1, $2)`, id, name[0]); err != nil {
			t.Fatal(err)
		}
	}
	pgtest.Put(t, pool, `update organisation set name = E'\u200b', circle_word = E'cir\u202ecle'`,
		`insert into priority (id, title, place, measure, horizon) values ('p', E'\u2066Aim', 1, E'One\ntwo', E'\u200b')`)
	pgtest.Put(t, pool, `insert into circle (id, name, parent_id, purpose) values ('a', E'A\u202e', null, E'One\r\ntwo'), ('b', E'\u200b', 'a', '')`,
		`insert into skill (id, name, uri) values ('s', E'S\u2066', E'u\u202e'), ('none', 'None', null)`,
		`insert into need (project_id, kind, what) values ('ana', 'tools', E'A\x1bpump')`,
		`insert into remit (project_id, area, level, with_whom) values ('ana', E'\u2800', 'alone', E'x\u202e')`,
		`insert into evidence (person_id, skill_id, kind, level, observed_on, note) values ('ana', 's', 'self', 3, '2026-02-01', E'n\u202e')`)
	step("0060_text.up.sql")
	pgtest.Same(t, "circles", pgtest.Texts(t, pool, `select concat_ws('|', id, name, purpose) from circle order by id`), "a|A|One\ntwo", "b|b|")
	pgtest.Same(t, "the rest", pgtest.Texts(t, pool, `
		select concat_ws('|', skill.name, uri, note, what, area, with_whom)
		from skill join evidence on skill_id = skill.id cross join need cross join remit`), "S|u|n|Apump|Something|x")
	for id, name := range want {
		var person, title, about string
		err := pool.QueryRow(ctx, `select person.name, project.title, person.about from person join project using (id) where id = $1`, id).Scan(&person, &title, &about)
		if err != nil || person != name[1] || title != name[1] || about != "One\ntwo\tthree \u200f." {
			t.Errorf("%+q: %+q, %+q, %+q, %v", name[0], person, title, about, err)
		}
		if err := (skein.Person{Name: person, About: about}).Check(); err != nil {
			t.Errorf("%+q is no name: %v", person, err)
		}
	}
	pgtest.Same(t, "others", pgtest.Texts(t, pool, `
		select concat_ws('|', organisation.name, circle_word, title, measure, horizon) from organisation, priority`), "Our organisation|circle|Aim|One two|")
	for _, wrong := range []string{
		`update person set name = E'a\u202eb' where id = 'ana'`, `update project set title = E'a\u2066b' where id = 'ana'`,
		`update organisation set circle_word = E'a\x1b'`, `insert into skill (id, name) values ('s', E'a\u0085b')`,
		`insert into circle (id, name) values ('c', E'a\u2028b')`, `update priority set title = E'a\nb'`,
	} {
		if _, err := pool.Exec(ctx, wrong); err == nil {
			t.Errorf("%s: is taken", wrong)
		}
	}
}
