package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"

	"skein/internal/skein"
)

const inviteColumns = `
	invite.window_id::text as window,
	invite.project_id as project,
	invite.person_id as person,
	invite.band,
	invite.state,
	invite.made_at,
	invite.answer_by,
	coalesce(invite.answered_at, '0001-01-01 00:00:00+00') as answered_at`

// invite asks the best placed people whom nobody has asked yet. When nobody is left, claims stay
// open until somebody takes the lead.
func (f *flow) invite(ctx context.Context) error {
	asked, band, err := f.askedBefore(ctx)
	if err != nil {
		return err
	}
	var next []skein.PersonID
	if f.judge.Invite != nil {
		comparison, err := f.compareForInvite(ctx, asked)
		if err != nil {
			return err
		}
		if len(comparison.Questions) > 0 && comparison.Questions[0].Matching {
			if next, err = f.judge.Invite(comparison, f.window, asked); err != nil {
				return err
			}
		}
	}
	if len(next) == 0 {
		return f.untilTaken(ctx)
	}
	return f.sendInvites(ctx, next, band+1)
}

// compareForInvite reads everybody who could lead, or of a large organisation those who come into
// question. Whom to ask is decided on what is read here, in this transaction.
func (f *flow) compareForInvite(ctx context.Context, asked []skein.PersonID) (skein.Comparison, error) {
	asking := skein.Asking{
		Projects: []skein.ProjectID{f.project.ID}, Practices: f.judge.Practices, AsOf: skein.AsOfNow(f.by.At),
	}
	if f.judge.Shortlist != nil {
		nobody := asking
		nobody.People = []skein.PersonID{}
		question, err := compare(ctx, f.tx, nobody)
		if err != nil || len(question.Questions) == 0 || !question.Questions[0].Matching {
			return question, err
		}
		if people, ok := f.judge.Shortlist(question, f.window, asked); ok {
			asking.People = people
		}
	}
	return compare(ctx, f.tx, asking)
}

// askedBefore lists those who were invited for this phase, were offered the lead and did not take
// it, or hold it now, and the last band that was asked.
func (f *flow) askedBefore(ctx context.Context) ([]skein.PersonID, int, error) {
	rows, _ := f.tx.Query(ctx, `
		select invite.person_id
		from invite
		join claim_window on claim_window.id = invite.window_id
		where claim_window.phase_id = $1
		union
		select person_id from claim where phase_id = $1 and state in ('declined', 'lapsed')
		union
		select person_id from term where project_id = $2 and role = 'primary' and state in ('live', 'handing_over')
		order by 1`, f.phase.ID, f.project.ID)
	asked, err := pgx.CollectRows(rows, pgx.RowTo[skein.PersonID])
	if err != nil {
		return nil, 0, err
	}
	var band int
	err = f.tx.QueryRow(ctx, `select coalesce(max(band), 0) from invite where window_id = $1`, f.window.ID).Scan(&band)
	return asked, band, err
}

func (f *flow) sendInvites(ctx context.Context, people []skein.PersonID, band int) error {
	by := f.by.At.Add(f.rules.Answer)
	batch := &pgx.Batch{}
	for _, p := range people {
		batch.Queue(`
			insert into invite (window_id, project_id, person_id, band, made_at, answer_by)
			values ($1, $2, $3, $4, $5, $6)`, f.window.ID, f.project.ID, p, band, f.by.At, by)
		f.say(p, skein.NoticeInvite, "window:"+string(f.window.ID),
			"Nobody claimed "+f.project.Title+", and you are among the best placed. Would you lead it? Answer by "+f.when(by)+".",
			f.claimLink())
	}
	if err := f.tx.SendBatch(ctx, batch).Close(); err != nil {
		return err
	}
	f.window.State = skein.WindowInviting
	f.note("invite.send", "claim_window", string(f.window.ID), map[string]any{"band": band, "people": len(people)})
	return saveWindow(ctx, f.tx, f.window)
}

// untilTaken leaves claims open, and says so to whoever proposed it and to the team's stewards.
func (f *flow) untilTaken(ctx context.Context) error {
	f.window.State = skein.WindowOpen
	if err := saveWindow(ctx, f.tx, f.window); err != nil {
		return err
	}
	rows, _ := f.tx.Query(ctx, `
		select person_id from hat where kind = 'steward' and circle_id = $2
		union
		select proposed_by from project where id = $1 and proposed_by is not null
		order by 1`, f.project.ID, f.project.Circle)
	people, err := pgx.CollectRows(rows, pgx.RowTo[skein.PersonID])
	for _, p := range people {
		f.say(p, skein.NoticeNobody, "window:"+string(f.window.ID),
			"Nobody has taken "+f.project.Title+" yet. It stays open until somebody does.", f.projectLink())
	}
	return err
}

// voidInvites ends the invitations of the flow's window that nobody answered, and tells them.
func (f *flow) voidInvites(ctx context.Context) error {
	rows, _ := f.tx.Query(ctx, `
		update invite set state = 'void', answered_at = $2
		where window_id = $1 and state = 'waiting'
		returning person_id`, f.window.ID, f.by.At)
	people, err := pgx.CollectRows(rows, pgx.RowTo[skein.PersonID])
	for _, p := range people {
		f.say(p, skein.NoticeTaken, "invite:"+string(f.window.ID),
			f.project.Title+" does not wait for you any more: somebody has come forward.", f.projectLink())
	}
	return err
}

// AcceptInvite is the yes of somebody who was asked to lead what nobody claimed. It is a claim and
// its acceptance in one: the window closes at that moment, and the situation picks among whoever
// came forward meanwhile.
func (db *DB) AcceptInvite(ctx context.Context, by skein.By, window skein.WindowID, readNow bool, judge skein.Judge) error {
	return db.answerInvite(ctx, by, window, judge, true, func(f *flow, i skein.Invite) error {
		comparison, err := compare(ctx, f.tx, skein.Asking{
			Projects: []skein.ProjectID{f.project.ID}, People: []skein.PersonID{by.Person},
			Practices: judge.Practices, AsOf: skein.AsOfNow(by.At),
		})
		if err != nil {
			return err
		}
		s := submission{tx: f.tx, by: by, judge: judge, comparison: comparison}
		events, err := s.send(ctx, f.project.ID, ClaimSent{ReadNow: readNow}, func(*skein.Claim) {})
		if err != nil {
			return err
		}
		f.events = append(f.events, events...)
		f.note("invite.accept", "claim_window", string(window), nil)
		if err := f.enter(ctx, window); err != nil {
			return err
		}
		f.window.ClosesAt = by.At
		return f.close(ctx)
	})
}

// DeclineInvite is the no. When everybody of a band has said no, the next band is asked at once.
func (db *DB) DeclineInvite(ctx context.Context, by skein.By, window skein.WindowID, judge skein.Judge) error {
	return db.answerInvite(ctx, by, window, judge, false, func(f *flow, _ skein.Invite) error {
		f.note("invite.decline", "claim_window", string(window), nil)
		return f.nextBand(ctx)
	})
}

func (db *DB) answerInvite(ctx context.Context, by skein.By, window skein.WindowID, judge skein.Judge, yes bool,
	do func(f *flow, i skein.Invite) error,
) error {
	return db.write(ctx, by, func(tx pgx.Tx) ([]skein.Event, error) {
		var project skein.ProjectID
		err := tx.QueryRow(ctx, `select project_id from invite where window_id::text = $1 and person_id = $2`,
			string(window), by.Person).Scan(&project)
		if err != nil {
			return nil, err
		}
		f, err := startFlow(ctx, tx, by, project, false)
		if err != nil {
			return nil, err
		}
		f.judge = judge
		if err := f.enter(ctx, window); err != nil {
			return nil, err
		}
		rows, _ := tx.Query(ctx, `select`+inviteColumns+` from invite where window_id = $1 and person_id = $2 for update`,
			window, by.Person)
		i, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[skein.Invite])
		if err != nil {
			return nil, err
		}
		if err := i.Answer(by, yes); err != nil {
			return nil, err
		}
		_, err = tx.Exec(ctx, `update invite set state = $3, answered_at = $4 where window_id = $1 and person_id = $2`,
			window, by.Person, i.State, i.AnsweredAt)
		if err != nil {
			return nil, err
		}
		if err := do(f, i); err != nil {
			return nil, err
		}
		return f.events, f.tell(ctx)
	})
}

// nextBand asks the next when nobody of the last band is still to answer.
func (f *flow) nextBand(ctx context.Context) error {
	var waiting bool
	err := f.tx.QueryRow(ctx, `
		select exists (select from invite where window_id = $1 and state = 'waiting')`, f.window.ID).Scan(&waiting)
	if waiting || err != nil || f.window.State != skein.WindowInviting {
		return err
	}
	return f.invite(ctx)
}
