package peopledb

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// Offers are the suggestions of the forms in which people speak of themselves.
type Offers struct {
	Circle     string
	Skills     []NamedSkill  // what others of the circle are known for
	Known      []NamedSkill  // completions
	Colleagues []NamedPerson // of the circle and of shared projects
}

// NamedPerson is a person as forms offer them.
type NamedPerson struct {
	ID     skein.PersonID
	Name   string
	Circle string
}

// Offers reads suggestions for one person in one round trip.
func (db *Store) Offers(ctx context.Context, person skein.PersonID, today skein.Date) (Offers, error) {
	var offers Offers
	batch := &pgx.Batch{}
	args := pgx.NamedArgs{"me": person, "today": today}
	batch.Queue(`
		select coalesce(max(circle.name), '')
		from person
		join circle on circle.id = person.circle_id
		where person.id = $1`, person).QueryRow(func(row pgx.Row) error { return row.Scan(&offers.Circle) })
	core.Collect(batch, &offers.Skills, circleSkills, args)
	core.Collect(batch, &offers.Known, CommonSkillsSQL, args)
	core.Collect(batch, &offers.Colleagues, ColleaguesSQL, args)
	if err := db.pool.SendBatch(ctx, batch).Close(); err != nil {
		return Offers{}, fmt.Errorf("offers: %w", err)
	}
	return offers, nil
}

// ColleaguesSQL lists whom somebody works with: in their circle or in a team with them.
const ColleaguesSQL = `
select person.id, person.name, coalesce(circle.name, '') as circle
from person
left join circle on circle.id = person.circle_id
where person.id <> @me
    and ` + core.ActiveToday + `
    and (
        person.circle_id = (select circle_id from person me where me.id = @me)
        or person.id in (
            select theirs.person_id
            from member mine
            join member theirs on theirs.project_id = mine.project_id and theirs.left_at is null
            where mine.person_id = @me and mine.left_at is null
        )
    )
order by folded(person.name), person.id
limit 60`

// PeopleNamed finds the active people whom words may mean: each is a name, a name with the circle or the
// id in brackets, an id, or an e-mail address. Somebody is named in several ways or not at all: the caller
// says what is to be done about that.
func (db *Store) PeopleNamed(ctx context.Context, words []string, today skein.Date) (map[string][]NamedPerson, error) {
	names := make([]string, len(words))
	for i, word := range words {
		names[i], _, _ = namedWith(word)
	}
	type row struct {
		NamedPerson
		Word  int  // which of the words, from 1
		Whole bool // all of the word names them
		Exact bool // but for the case it is the name, the address or the id; else accents differ
	}
	people, err := core.All[row](ctx, db.pool, `
		select person.id, person.name, coalesce(circle.name, '') as circle, asked.place::int as word,
			folded(person.name) = folded(asked.word) or (asked.word = person.id or coalesce(asked.small = lower(person.email), false)) as whole,
			lower(person.name) in (lower(asked.word), lower(asked.name)) or (asked.word = person.id or coalesce(asked.small = lower(person.email), false)) as exact
		from (
			select said.name, said.word, lower(said.word) as small, said.place
			from unnest(@names::text[], @words::text[]) with ordinality said (name, word, place)
		) asked
		join person on folded(person.name) in (folded(asked.name), folded(asked.word))
			or lower(person.email) = asked.small or person.id = asked.word
		left join circle on circle.id = person.circle_id
		where `+core.ActiveToday+`
		order by asked.place, exact desc, folded(person.name), person.id
		limit 200`, pgx.NamedArgs{"names": names, "words": words, "today": today})
	if err != nil {
		return nil, err
	}
	found := map[string][]NamedPerson{}
	for i, word := range words {
		if _, done := found[word]; done {
			continue // said twice, they are still one
		}
		_, mark, marked := namedWith(word)
		exact := false
		for _, p := range people {
			told := marked && (strings.EqualFold(mark, p.Circle) || mark == string(p.ID))
			if p.Word != i+1 || !p.Whole && !told || exact && !p.Exact {
				continue // where somebody is named exactly, whoever has that name but for its accents is not meant
			}
			exact = exact || p.Exact
			found[word] = append(found[word], p.NamedPerson)
		}
	}
	return found, nil
}

// namedWith parts a name from what stands after it in brackets to tell it from others.
func namedWith(word string) (name, mark string, marked bool) {
	at := strings.LastIndex(word, " (")
	if at < 0 || !strings.HasSuffix(word, ")") {
		return word, "", false
	}
	return strings.TrimSpace(word[:at]), strings.TrimSpace(word[at+2 : len(word)-1]), true
}

// Rating is one's own word on a skill, named as typed.
type Rating struct {
	Skill skein.Skill
	Level int
}

// Welcome is what somebody says of themselves at their first sign-in.
type Welcome struct {
	Known      []Rating // what people come to them for
	Wishes     []skein.Skill
	Hours      *float64
	Colleagues []skein.PersonID // who can be asked, one question each
}

// Welcome keeps what by says at their first sign-in, all of it or nothing. Each colleague is asked
// one question; together they are asked about as many of the skills as there are colleagues.
func (db *Store) Welcome(ctx context.Context, by skein.By, w Welcome, today skein.Date) error {
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		if err := lockSkills(ctx, tx, w.skills()...); err != nil {
			return nil, err
		}
		changed, err := changePerson(ctx, tx, by, by.Person, func(p *skein.Person) error {
			p.WelcomedAt = by.At
			if w.Hours != nil {
				p.HoursPerWeek = w.Hours
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		events := own(by, "person.welcome", map[string]any{"changed": changed})
		said, err := welcomeSaid(ctx, tx, by, w, today)
		return append(events, said...), err
	})
}

// skills are the names of everything that is said, known and wished for.
func (w Welcome) skills() []string {
	var names []string
	for _, rating := range w.Known {
		names = append(names, rating.Skill.Name)
	}
	for _, wish := range w.Wishes {
		names = append(names, wish.Name)
	}
	return names
}

// welcomeSaid keeps what somebody says they can do and want to try, and asks their colleagues.
func welcomeSaid(ctx context.Context, tx pgx.Tx, by skein.By, w Welcome, today skein.Date) ([]skein.Event, error) {
	var events []skein.Event
	add := func(more []skein.Event, err error) error {
		events = append(events, more...)
		return err
	}
	for _, rating := range w.Known {
		if err := add(rate(ctx, tx, by, rating.Skill, rating.Level, today)); err != nil {
			return nil, err
		}
	}
	for _, wish := range w.Wishes {
		if err := add(addWish(ctx, tx, by, wish)); err != nil {
			return nil, err
		}
	}
	for i, colleague := range w.Colleagues {
		if len(w.Known) == 0 {
			break
		}
		skill, more, err := SkillOf(ctx, tx, w.Known[i%len(w.Known)].Skill)
		if err := add(more, err); err != nil {
			return nil, err
		}
		if err := add(askColleague(ctx, tx, by, colleague, skill, "", today)); err != nil {
			return nil, err
		}
	}
	return events, nil
}

// EarlierLead is something that somebody led before Skein knew of them.
type EarlierLead struct {
	What      string
	Known     Rating // what it asked of them
	Colleague skein.PersonID
}

// LedBefore keeps by's own word on an earlier lead and asks a colleague to confirm it.
func (db *Store) LedBefore(ctx context.Context, by skein.By, lead EarlierLead, today skein.Date) error {
	if err := (skein.Ask{About: lead.What}).Check(); err != nil {
		return err
	}
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		events, err := rate(ctx, tx, by, lead.Known.Skill, lead.Known.Level, today)
		if err != nil {
			return nil, err
		}
		skill, _, err := SkillOf(ctx, tx, lead.Known.Skill)
		if err != nil {
			return nil, err
		}
		more, err := askColleague(ctx, tx, by, lead.Colleague, skill, lead.What, today)
		return append(events, more...), err
	})
}
