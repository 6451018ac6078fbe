package postgres

import (
	"context"
	"fmt"
	"net/url"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/skein"
)

// CreateProject keeps a new draft. A key that was sent before makes nothing twice: the answer is
// the project that it made the first time.
func (db *DB) CreateProject(ctx context.Context, by skein.By, key string, p skein.Proposal) (skein.ProjectID, error) {
	if err := p.Check(); err != nil {
		return "", err
	}
	err := db.write(ctx, by, func(tx pgx.Tx) ([]skein.Event, error) {
		err := tx.QueryRow(ctx, `
			insert into project (title, proposed_by, state, made_at, idempotency_key)
			values ($1, $2, 'draft', $3, $4)
			on conflict on constraint project_sent_once do nothing
			returning id`,
			p.Project.Title, by.Person, by.At, nullable(key)).Scan(&p.Project.ID)
		if err == pgx.ErrNoRows {
			return nil, tx.QueryRow(ctx, `select id from project where idempotency_key = $1 and proposed_by = $2`,
				key, by.Person).Scan(&p.Project.ID)
		}
		if err != nil {
			return nil, err
		}
		p.Project.ProposedBy, p.Project.State = by.Person, skein.Draft
		err = tx.QueryRow(ctx, `insert into phase (project_id, stated_at) values ($1, $2) returning id::text`,
			p.Project.ID, by.At).Scan(&p.Phase.ID)
		if err != nil {
			return nil, err
		}
		return []skein.Event{projectEvent("project.create", p.Project, map[string]any{
			"title": p.Project.Title, "template": p.Project.Template,
		})}, saveProposal(ctx, tx, by, &p)
	})
	return p.Project.ID, err
}

// UpdateProposal changes a proposal by the caller's rule. Where it is published and what claims are
// sent for has moved, claims gather anew.
func (db *DB) UpdateProposal(ctx context.Context, by skein.By, id skein.ProjectID, change func(*skein.Proposal) error) error {
	return db.write(ctx, by, func(tx pgx.Tx) ([]skein.Event, error) {
		p, err := lockProposal(ctx, tx, id)
		if err != nil {
			return nil, err
		}
		before := p.Clone()
		if err := change(&p); err != nil {
			return nil, err
		}
		p.Project.ID, p.Project.State, p.Phase.ID = id, before.Project.State, before.Phase.ID
		if err := p.Check(); err != nil {
			return nil, err
		}
		if err := saveProposal(ctx, tx, by, &p); err != nil {
			return nil, err
		}
		moved := p.Moved(before)
		events := []skein.Event{projectEvent("project.update", p.Project, map[string]any{"moved": moved})}
		if p.Project.State == skein.Draft || !moved {
			return events, nil
		}
		if err := askForNeeds(ctx, tx, by, p); err != nil {
			return nil, err
		}
		more, err := restartWindow(ctx, tx, by, id)
		return append(events, more...), err
	})
}

// PublishProject opens a draft for claims when the caller's rule, which says whether it is whole and
// whose it is, and every guardrail allow it. A
// guardrail that says no is counted; then nothing else changes. The results tell which it was.
func (db *DB) PublishProject(ctx context.Context, by skein.By, id skein.ProjectID, rule func(*skein.Proposal) error) ([]skein.GuardrailResult, error) {
	var results []skein.GuardrailResult
	err := db.write(ctx, by, func(tx pgx.Tx) ([]skein.Event, error) {
		p, err := lockProposal(ctx, tx, id)
		if err != nil {
			return nil, err
		}
		if err := rule(&p); err != nil {
			return nil, err
		}
		rules, err := loadRules(ctx, tx)
		if err != nil {
			return nil, err
		}
		if results, err = guardrailResults(ctx, tx, p, rules.Clocks, by.At); err != nil {
			return nil, err
		}
		if refused, err := refuse(ctx, tx, by, p.Project, results); err != nil || len(refused) > 0 {
			return refused, err
		}
		return publish(ctx, tx, by, &p, rules.Clocks)
	})
	return results, err
}

// publish makes the move itself: the state, the window, and the question to whoever grants needs.
func publish(ctx context.Context, tx pgx.Tx, by skein.By, p *skein.Proposal, clocks skein.Clocks) ([]skein.Event, error) {
	p.Project.State, p.Project.PublishedAt = skein.OpenForLead, by.At
	for i := range p.Needs {
		if n := &p.Needs[i]; !n.Settled() && n.AnswerBy.IsZero() {
			n.AnswerBy = by.At.Add(clocks.Window)
		}
	}
	if err := saveProposal(ctx, tx, by, p); err != nil {
		return nil, err
	}
	events := []skein.Event{projectEvent("project.publish", p.Project, nil)}
	more, err := openWindow(ctx, tx, by, p.Project.ID)
	if err != nil {
		return nil, err
	}
	return append(events, more...), askForNeeds(ctx, tx, by, *p)
}

// GuardrailResults tells what the guardrails would say of a proposal if it were published now.
func (db *DB) GuardrailResults(ctx context.Context, p skein.Proposal, at time.Time) ([]skein.GuardrailResult, error) {
	var results []skein.GuardrailResult
	err := pgx.BeginTxFunc(ctx, db.pool, pgx.TxOptions{AccessMode: pgx.ReadOnly}, func(tx pgx.Tx) error {
		rules, err := loadRules(ctx, tx)
		if err != nil {
			return err
		}
		results, err = guardrailResults(ctx, tx, p, rules.Clocks, at)
		return err
	})
	return results, translate(err)
}

func guardrailResults(ctx context.Context, tx pgx.Tx, p skein.Proposal, clocks skein.Clocks, at time.Time) ([]skein.GuardrailResult, error) {
	rows, _ := tx.Query(ctx, `
		select guardrail.id::text, guardrail.kind, coalesce(guardrail.number, 0), guardrail.reason, coalesce(person.name, '')
		from guardrail
		left join person on person.id = guardrail.owner_id
		where guardrail.retired_at is null
		order by guardrail.kind`)
	var results []skein.GuardrailResult
	var g skein.Guardrail
	var owner string
	_, err := pgx.ForEachRow(rows, []any{&g.ID, &g.Kind, &g.Number, &g.Reason, &owner}, func() error {
		results = append(results, g.OfProject(p.Project, owner, clocks, p.Phase.Situation.Urgency, at))
		return nil
	})
	return results, err
}

// refuse counts each guardrail that said no, for the executives' review.
func refuse(ctx context.Context, tx pgx.Tx, by skein.By, p skein.Project, results []skein.GuardrailResult) ([]skein.Event, error) {
	var events []skein.Event
	for _, r := range results {
		if r.Pass {
			continue
		}
		_, err := tx.Exec(ctx, `insert into refusal (guardrail_id, person_id, project_id, at) values ($1, $2, $3, $4)`,
			r.Guardrail.ID, by.Person, p.ID, by.At)
		if err != nil {
			return nil, err
		}
		events = append(events, projectEvent("project.refuse", p, map[string]any{"guardrail": r.Guardrail.Kind, "why": r.Why}))
	}
	return events, nil
}

// CancelProject ends a project that nobody leads, by the caller's rule; what was claimed is void.
func (db *DB) CancelProject(ctx context.Context, by skein.By, id skein.ProjectID, reason string, rule func(*skein.Project) error) error {
	return db.endProject(ctx, by, id, "project.cancel", reason, func(p *skein.Project, _ skein.PersonID) error { return rule(p) })
}

// CompleteProject ends a project whose work is done, by the caller's rule, which is told who leads.
func (db *DB) CompleteProject(ctx context.Context, by skein.By, id skein.ProjectID, reason string, rule func(*skein.Project, skein.PersonID) error) error {
	return db.endProject(ctx, by, id, "project.complete", reason, rule)
}

func (db *DB) endProject(ctx context.Context, by skein.By, id skein.ProjectID, action, reason string,
	rule func(*skein.Project, skein.PersonID) error,
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
		if err := rule(&p, lead); err != nil {
			return nil, err
		}
		_, err = tx.Exec(ctx, `
			update project set state = $2, ended_at = $3, end_reason = $4, version = version + 1
			where id = $1`, id, p.State, by.At, reason)
		if err != nil {
			return nil, err
		}
		events := []skein.Event{projectEvent(action, p, map[string]any{"reason": reason})}
		if err := endTerms(ctx, tx, by, p); err != nil {
			return nil, err
		}
		more, err := voidClaims(ctx, tx, by, id)
		return append(events, more...), err
	})
}

// endTerms ends every time in office of a project that is over, and tells those who had one.
func endTerms(ctx context.Context, tx pgx.Tx, by skein.By, p skein.Project) error {
	rows, _ := tx.Query(ctx, `
		update term
		set state = 'ended', ended_at = $2, end_reason = 'the project is over',
			during = daterange(lower(during), greatest($3::date, lower(during)) + 1)
		where project_id = $1 and state in ('live', 'handing_over')
		returning person_id`, p.ID, by.At, skein.Day(by.At))
	people, err := pgx.CollectRows(rows, pgx.RowTo[skein.PersonID])
	if err != nil {
		return err
	}
	var notices []skein.Notice
	for _, person := range people {
		if person == by.Person {
			continue
		}
		notices = append(notices, skein.Notice{
			Person: person, Kind: skein.NoticeEnded, Project: p.ID, Says: p.Title + " is " + p.State.Words() + ".",
			Link: projectLink(p.ID), About: "over:" + string(p.ID),
		})
	}
	return tell(ctx, tx, by, notices)
}

// HandOver opens a led project for the next lead, by the caller's rule. Whoever leads it stays in
// office until somebody has taken over.
func (db *DB) HandOver(ctx context.Context, by skein.By, id skein.ProjectID, rule func(*skein.Project, skein.PersonID) error) error {
	return db.write(ctx, by, func(tx pgx.Tx) ([]skein.Event, error) {
		p, err := lockProject(ctx, tx, id)
		if err != nil {
			return nil, err
		}
		lead, err := holder(ctx, tx, id)
		if err != nil {
			return nil, err
		}
		if err := rule(&p, lead); err != nil {
			return nil, err
		}
		batch := &pgx.Batch{}
		batch.Queue(`update project set state = $2, version = version + 1 where id = $1`, id, p.State)
		batch.Queue(`update term set state = 'handing_over' where project_id = $1 and role = 'primary' and state = 'live'`, id)
		if err := tx.SendBatch(ctx, batch).Close(); err != nil {
			return nil, err
		}
		more, err := openWindow(ctx, tx, by, id)
		return append([]skein.Event{projectEvent("term.hand_over", p, map[string]any{"lead": lead})}, more...), err
	})
}

// holder is who leads a project now; "" when nobody does.
func holder(ctx context.Context, tx pgx.Tx, id skein.ProjectID) (skein.PersonID, error) {
	var lead skein.PersonID
	err := tx.QueryRow(ctx, `
		select coalesce(max(person_id), '')
		from term
		where project_id = $1 and role = 'primary' and state in ('live', 'handing_over')`, id).Scan(&lead)
	return lead, err
}

func projectEvent(action string, p skein.Project, details map[string]any) skein.Event {
	return skein.Event{Action: action, Noun: "project", NounID: string(p.ID), Project: p.ID, Circle: p.Circle, Details: details}
}

func projectLink(id skein.ProjectID) string {
	return fmt.Sprintf("/projects/%s", url.PathEscape(string(id)))
}
