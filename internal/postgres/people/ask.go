package peopledb

import (
	"context"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// AskPage is one question with the names that its page says.
type AskPage struct {
	skein.Ask
	PersonName string
	SkillName  string
	SaidBefore int // what the asked colleague said of it before; 0: nothing
}

const askColumns = `
	ask.id::text as id,
	ask.person_id as person,
	ask.skill_id as skill,
	ask.asked_of as of,
	ask.about,
	ask.asked_at,
	ask.answer_by,
	ask.answered_at`

// Ask returns a question to the person who is asked it; to anybody else there is none.
func (db *Store) Ask(ctx context.Context, id skein.AskID, of skein.PersonID) (AskPage, error) {
	page, err := core.One[AskPage](ctx, db.pool, `
		select`+askColumns+`,
			person.name as person_name,
			skill.name as skill_name,
			coalesce((
				select level
				from evidence
				where evidence.person_id = ask.person_id and evidence.skill_id = ask.skill_id
					and evidence.kind = 'peer' and evidence.given_by = ask.asked_of
				order by observed_on desc, evidence.id desc
				limit 1
			), 0) as said_before
		from ask
		join person on person.id = ask.person_id
		join skill on skill.id = ask.skill_id
		where ask.id = $1 and ask.asked_of = $2`, string(id), of)
	return page, core.Translate(err)
}

// AnswerAsk keeps what a colleague answers: it becomes peer evidence, given by them.
func (db *Store) AnswerAsk(ctx context.Context, by skein.By, id skein.AskID, answer skein.Answer, today skein.Date) error {
	if err := answer.Check(); err != nil {
		return err
	}
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		ask, err := core.One[skein.Ask](ctx, tx, `select`+askColumns+` from ask where id = $1 for update`, string(id))
		if err != nil {
			return nil, err
		}
		if err := ask.MayAnswer(by.Person); err != nil {
			return nil, err
		}
		events := []skein.Event{{
			Action: "ask.answer", Noun: "ask", NounID: string(id),
			Details: map[string]any{"person": ask.Person, "skill": ask.Skill, "cannot_say": answer.CannotSay},
		}}
		var evidence *string
		if !answer.CannotSay {
			said := skein.Evidence{
				Person: ask.Person, Skill: ask.Skill, Kind: skein.Peer, Level: answer.Level,
				ObservedOn: today, GivenBy: by.Person, Source: ask.About, Note: answer.Note,
			}
			var more []skein.Event
			if evidence, more, err = sayPeer(ctx, tx, by, said); err != nil {
				return nil, err
			}
			events = append(events, more...)
		}
		_, err = tx.Exec(ctx, `update ask set answered_at = $2, evidence_id = $3 where id = $1`,
			string(id), by.At, evidence)
		return events, err
	})
}

// AskAbout asks colleagues about a skill of by's. One that has a name is made when it is new, as a
// practice of the lens may be; one that has an id alone must be there.
func (db *Store) AskAbout(ctx context.Context, by skein.By, of []skein.PersonID, about skein.Skill, today skein.Date) error {
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		if about.Name == "" {
			err := tx.QueryRow(ctx, `select id, name from skill where id = skill_now($1)`, about.ID).Scan(&about.ID, &about.Name)
			if core.Translate(err) == skein.ErrNotFound {
				return nil, skein.Invalid{{Field: "about_skill", Message: "Choose one of the skills."}}
			}
			if err != nil {
				return nil, err
			}
		}
		skill, events, err := SkillOf(ctx, tx, about)
		if err != nil {
			return nil, err
		}
		for _, colleague := range of {
			asked, err := askColleague(ctx, tx, by, colleague, skill, "", today)
			if err != nil {
				return nil, err
			}
			events = append(events, asked...)
		}
		return events, nil
	})
}

// askColleague asks one; about names a lead by had before, or is empty. A question that waits
// already is not put twice.
func askColleague(ctx context.Context, tx pgx.Tx, by skein.By, of skein.PersonID, skill skein.SkillID,
	about string, today skein.Date,
) ([]skein.Event, error) {
	if of == by.Person {
		return nil, skein.Invalid{{Field: "colleague", Message: "Choose somebody other than yourself."}}
	}
	if err := activePerson(ctx, tx, of, today); err != nil {
		if core.Translate(err) == skein.ErrNotFound { // they left since they were named
			err = skein.Invalid{{Field: "colleague", Message: "They are not with the organisation any more. Choose somebody else."}}
		}
		return nil, err
	}
	// A question whose time has passed is over: silence says nothing about anybody.
	_, err := tx.Exec(ctx, `
		update ask
		set answered_at = $4
		where person_id = $1 and skill_id = $2 and asked_of = $3 and answered_at is null and answer_by <= $4`,
		by.Person, skill, of, by.At)
	if err != nil {
		return nil, err
	}
	var id string
	err = tx.QueryRow(ctx, `
		insert into ask (person_id, skill_id, asked_of, about, asked_at, answer_by)
		values ($1, $2, $3, $4, $5, $6)
		on conflict (person_id, skill_id, asked_of) where answered_at is null do nothing
		returning id::text`,
		by.Person, skill, of, about, by.At, by.At.Add(skein.AskClock)).Scan(&id)
	if core.Translate(err) == skein.ErrNotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	event := skein.Event{
		Action: "ask.create", Noun: "ask", NounID: id,
		Details: map[string]any{"person": by.Person, "skill": skill, "asked_of": of},
	}
	return []skein.Event{event}, tellAsked(ctx, tx, by, of, skill, id)
}
