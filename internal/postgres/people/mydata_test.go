package peopledb_test

import (
	"maps"
	"regexp"
	"testing"

	"github.com/jackc/pgx/v5"

	peopledb "skein/internal/postgres/people"
	"skein/internal/postgres/pgtest"
)

// Why rows that name somebody are not among what they read about themselves.
const (
	theirsAlone = "said by what it belongs to"
	brief       = "goes by the clock within days, and what it said is in what they were told"
	organised   = "the organisation's own, and only who did it"
)

// notMine are the columns that refer to a person and are not in their own data, with the reason.
var notMine = map[string]string{
	"mail.person_id": brief, "intake.person_id": brief, "intake.wanted_by": organised,
	"invitation.person_id": "a way in, that their account came of", "invitation.made_by": organised,
	"hat.given_by": organised, "policy.made_by": organised,
	"email_alias.person_id": theirsAlone, "person_alias.person_id": "ids that lead to theirs",
	"read_how.person_id": "which page was read, and no more", "second_step.person_id": theirsAlone,
	"notice.who_id": "what others were told", "notice.subject_id": "what others were told",
	"claim.coach_id":  "another's claim, which is sealed",
	"review.asked_of": "who answered it says so", "pick.asked_of": "who answered it says so",
	"person.manager_id": "of those who report to them",
}

// Whatever is kept that names somebody is in what they read about themselves, or it is said here why not.
func TestMyDataLeavesNothingOut(t *testing.T) {
	t.Parallel()
	_, pool := pgtest.People(t)
	rows, err := pool.Query(t.Context(), `
		select key.conrelid::regclass::text, refers.attname::text
		from pg_constraint key
		join pg_attribute refers on refers.attrelid = key.conrelid and refers.attnum = any(key.conkey)
		where key.contype = 'f' and key.confrelid = 'person'::regclass and key.connamespace = 'public'::regnamespace`)
	if err != nil {
		t.Fatal(err)
	}
	type column struct{ Table, Name string }
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[column])
	if err != nil || len(all) < 50 {
		t.Fatalf("%d columns: %v", len(all), err)
	}
	left := maps.Clone(notMine)
	for _, c := range all {
		said := false
		for _, as := range regexp.MustCompile(`(?:from|join) `+c.Table+` (\w+)`).FindAllStringSubmatch(peopledb.MyDataSQL(), -1) {
			said = said || regexp.MustCompile(`\b`+as[1]+`\.`+c.Name+` = person\.id`).MatchString(peopledb.MyDataSQL())
		}
		key := c.Table + "." + c.Name
		if _, not := left[key]; said == not {
			t.Errorf("%s: in their own data %v, excused %v", key, said, not)
		}
		delete(left, key)
	}
	for key := range left {
		t.Errorf("%s is excused and is no column that refers to a person", key)
	}
}

// What somebody said of a lead they hold, asked, answered and handed on is theirs to see; of whom they know nothing, not.
func TestMyDataHoldsWhatISaid(t *testing.T) {
	t.Parallel()
	db, pool := pgtest.People(t)
	pgtest.Exec(t, pool, pgtest.WaitingRows)
	pgtest.Put(t, pool,
		`insert into question (project_id, asked_by, asked_at, says) values ('sensors', 'ada', now(), 'Ada asks this.'), ('sensors', 'ben', now(), 'Ben asks that.')`,
	)
	raw, err := db.People.MyData(t.Context(), "ada")
	if err != nil {
		t.Fatal(err)
	}
	if said := string(raw); !regexp.MustCompile(`Ada asks this\.`).MatchString(said) || regexp.MustCompile(`Ben asks that`).MatchString(said) {
		t.Errorf("said: %s", said)
	}
}
