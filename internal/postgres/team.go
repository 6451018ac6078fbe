package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"

	"skein/internal/skein"
)

// JoinTeam makes by a member of a project's team. To join twice is to join once.
func (db *DB) JoinTeam(ctx context.Context, by skein.By, id skein.ProjectID, brings string) error {
	if len([]rune(brings)) > 120 {
		return skein.Invalid{{Field: "brings", Message: "Say what you bring in 120 characters or fewer."}}
	}
	return db.write(ctx, by, func(tx pgx.Tx) ([]skein.Event, error) {
		p, err := lockProject(ctx, tx, id)
		if err != nil {
			return nil, err
		}
		if err := p.State.Joinable(); err != nil {
			return nil, err
		}
		tag, err := tx.Exec(ctx, `
			insert into member (project_id, person_id, joined_at, brings) values ($1, $2, $3, $4)
			on conflict do nothing`, id, by.Person, by.At, brings)
		if err != nil || tag.RowsAffected() == 0 {
			return nil, err
		}
		return []skein.Event{projectEvent("team.join", p, nil)}, tellLead(ctx, tx, by, p, "team:"+string(by.Person)+":"+string(id), "has joined the team of")
	})
}

// LeaveTeam ends by's places in a team: as a member and as a shadow, or the question to co-lead.
// Leaving is free. A co-lead leaves too; the lead does not, who hands over instead.
func (db *DB) LeaveTeam(ctx context.Context, by skein.By, id skein.ProjectID) error {
	return db.write(ctx, by, func(tx pgx.Tx) ([]skein.Event, error) {
		p, err := lockProject(ctx, tx, id)
		if err != nil {
			return nil, err
		}
		left, err := tx.Exec(ctx, `
			update member set left_at = greatest($3, joined_at)
			where project_id = $1 and person_id = $2 and left_at is null`, id, by.Person, by.At)
		if err != nil {
			return nil, err
		}
		ended, err := tx.Exec(ctx, `
			update term
			set state = case state when 'asked' then 'void' else 'ended' end, ended_at = $3, end_reason = 'left',
				during = case when during is null then null else daterange(lower(during), greatest($4::date, lower(during)) + 1) end
			where project_id = $1 and person_id = $2 and role in ('co', 'shadow') and state in ('asked', 'live')`,
			id, by.Person, by.At, skein.Day(by.At))
		if err != nil || left.RowsAffected()+ended.RowsAffected() == 0 {
			return nil, err
		}
		return []skein.Event{projectEvent("team.leave", p, nil)}, nil
	})
}

// TakePlace keeps a place beside the lead that the caller's rule makes: a shadow's, or a co-lead's
// that is asked for. To ask twice is to ask once.
func (db *DB) TakePlace(ctx context.Context, by skein.By, id skein.ProjectID,
	rule func(p skein.Project, phase skein.PhaseID, lead skein.PersonID, clocks skein.Clocks) (skein.Term, error),
) error {
	return db.write(ctx, by, func(tx pgx.Tx) ([]skein.Event, error) {
		p, err := lockProject(ctx, tx, id)
		if err != nil {
			return nil, err
		}
		lead, err := holder(ctx, tx, id)
		if err != nil {
			return nil, err
		}
		rules, err := loadRules(ctx, tx)
		if err != nil {
			return nil, err
		}
		var phase skein.PhaseID
		if err := tx.QueryRow(ctx, `select id::text from phase where project_id = $1 and ended_at is null`, id).Scan(&phase); err != nil {
			return nil, err
		}
		t, err := rule(p, phase, lead, rules.Clocks)
		if err != nil {
			return nil, err
		}
		tag, err := tx.Exec(ctx, `
			insert into term (project_id, phase_id, person_id, role, state, during, ends_on, offered_at, answer_by, live_at)
			values ($1, $2, $3, $4, $5, case when $6::date is null then null else daterange($6::date, null) end, $7, $8, $9, $10)
			on conflict (project_id, person_id, role) where state in ('asked', 'offered', 'accepted', 'live', 'handing_over') do nothing`,
			t.Project, t.Phase, t.Person, t.Role, t.State, nullTime(t.From), nullTime(t.EndsOn),
			nullTime(t.OfferedAt), nullTime(t.AnswerBy), nullTime(t.LiveAt))
		if err != nil || tag.RowsAffected() == 0 {
			return nil, err
		}
		says := "shadows you in"
		if t.Role == skein.CoLead {
			says = "asks to lead beside you in"
		}
		return []skein.Event{projectEvent("team."+string(t.Role), p, nil)},
			tellLead(ctx, tx, by, p, string(t.Role)+":"+string(by.Person)+":"+string(id), says)
	})
}

// AnswerCoLead keeps the lead's answer to somebody who asked to lead beside them, by the caller's
// rule, which is told who leads.
func (db *DB) AnswerCoLead(ctx context.Context, by skein.By, id skein.ProjectID, person skein.PersonID,
	rule func(t *skein.Term, lead skein.PersonID) error,
) error {
	return db.write(ctx, by, func(tx pgx.Tx) ([]skein.Event, error) {
		p, err := lockProject(ctx, tx, id)
		if err != nil {
			return nil, err
		}
		lead, err := holder(ctx, tx, id)
		if err != nil {
			return nil, err
		}
		t := skein.Term{Project: id, Person: person, Role: skein.CoLead}
		err = tx.QueryRow(ctx, `
			select id::text, state from term
			where project_id = $1 and person_id = $2 and role = 'co'
			order by state = 'asked' desc, offered_at desc
			limit 1
			for update`, id, person).Scan(&t.ID, &t.State)
		if err != nil {
			return nil, err
		}
		if err := rule(&t, lead); err != nil {
			return nil, err
		}
		var from *skein.Date
		if !t.From.IsZero() {
			from = &t.From
		}
		_, err = tx.Exec(ctx, `
			update term
			set state = $2, answered_at = $3, live_at = $4,
				during = case when $5::date is null then null else daterange($5::date, null) end
			where id = $1`, t.ID, t.State, nullTime(t.AnsweredAt), nullTime(t.LiveAt), from)
		if err != nil {
			return nil, err
		}
		return []skein.Event{projectEvent("team.answer", p, map[string]any{"person": person, "state": t.State})},
			tellAnswered(ctx, tx, by, p, t)
	})
}

// tellAnswered tells whoever asked to co-lead what the lead said.
func tellAnswered(ctx context.Context, tx pgx.Tx, by skein.By, p skein.Project, t skein.Term) error {
	says := "You lead " + p.Title + " together now."
	if t.State != skein.TermLive {
		says = "Not this time: " + p.Title + " has its lead alone for now. Its team is open to you."
	}
	return tell(ctx, tx, by, []skein.Notice{{
		Person: t.Person, Kind: skein.NoticeLed, Project: p.ID, Says: says,
		Link: projectLink(p.ID), About: "co:" + string(t.ID),
	}})
}

// tellLead tells whoever leads a project what by has done in its team: "Noor Aziz has joined ...".
func tellLead(ctx context.Context, tx pgx.Tx, by skein.By, p skein.Project, about, says string) error {
	_, err := tx.Exec(ctx, `
		insert into notice (person_id, kind, project_id, says, link, made_at, about)
		select term.person_id, 'team', $1, person.name || ' ' || $3 || ' ' || $4 || '.', $5, $6, $7
		from term, person
		where term.project_id = $1 and term.role = 'primary' and term.state in ('live', 'handing_over')
			and person.id = $2 and term.person_id <> person.id
		on conflict on constraint notice_once do nothing`,
		p.ID, by.Person, says, p.Title, projectLink(p.ID)+"#team", by.At, about)
	return err
}
