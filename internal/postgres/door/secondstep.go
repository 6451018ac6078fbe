package doordb

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// What a second step is for.
const (
	StepEnter = "enter" // to come in, after a password
	StepAgain = "again" // to show that it is still them
	StepAdd   = "add"   // to add a passkey
)

// How somebody came so far who has a second step to take.
const (
	WayPassword     = "password"
	WayLink         = "link"
	WayOrganisation = "organisation"
)

var (
	errStepOver = skein.Conflict{Why: "This step is over: it took too long, was taken already, or was begun anew in another tab. Begin again."}
	// ErrNoCode is for a recovery code that is not theirs, or was used.
	ErrNoCode = errors.New("no such recovery code")
	// ErrNoSuchKey is for a passkey that was removed, or found to be copied, a moment ago.
	ErrNoSuchKey = errors.New("no such passkey")
)

// Half is a second step that is to be taken before somebody is in.
type Half struct {
	Token []byte // the hash of what the browser is to keep until then
	Next  string // where they want to go; a path of ours
}

// Step is a second step under way.
type Step struct {
	Account  skein.Account
	Purpose  string
	Way      string
	Next     string
	Asked    []byte // the question to a passkey; nil: none was asked yet
	Passkeys []skein.Passkey
	Codes    int // recovery codes that are left
}

// Usable are the passkeys that may answer at a site.
func Usable(all []skein.Passkey, host string) []skein.Passkey {
	return slices.DeleteFunc(slices.Clone(all), func(k skein.Passkey) bool { return k.CopiedAt != nil || k.Host != host })
}

type stepRow struct {
	Person                  skein.PersonID
	Name, Email             string
	Epoch                   int
	Purpose, Way, Next      string
	Asked                   []byte
	Codes                   int
	ByPassword, Ended, Here bool
}

// Step returns a second step under way: one of this token that is not over, of somebody whose door is open. Wall is the
// time on the wall.
func (db *Store) Step(ctx context.Context, token []byte, wall time.Time, today skein.Date) (Step, error) {
	// Before the question: of two equal answers at once the second finds either the count of before, or no question any
	// more. Read after it, the count that the first has just written would look like that of a copied passkey.
	keys, err := core.All[skein.Passkey](ctx, db.pool, `
		select `+passkeyColumns+`
		from passkey
		where person_id = (select person_id from second_step where token_hash = $1)
		order by made_at, id`, token)
	if err != nil {
		return Step{}, core.Translate(err)
	}
	row, err := core.One[stepRow](ctx, db.pool, `
		select whose.person_id as person, person.name, account.email, whose.epoch, whose.purpose, whose.way, whose.next, whose.challenge as asked,
			`+codesLeft+` as codes, `+core.ByPassword+` as by_password, whose.epoch <> account.epoch as ended, `+core.ActiveToday+` as here
		from second_step whose
		join person on person.id = whose.person_id
		join account on account.person_id = whose.person_id
		where whose.token_hash = @token and whose.expires_at > @wall`, pgx.NamedArgs{"token": token, "wall": wall, "today": today})
	if err == nil && (row.Ended || !row.Here || row.Way != WayOrganisation && row.Purpose == StepEnter && !row.ByPassword) {
		err = skein.ErrNotFound
	}
	if err != nil {
		return Step{}, core.Translate(err)
	}
	return Step{
		Account: skein.Account{Person: row.Person, Name: row.Name, Email: row.Email, Epoch: row.Epoch, ByPassword: row.ByPassword},
		Purpose: row.Purpose, Way: row.Way, Next: row.Next, Asked: row.Asked, Passkeys: keys, Codes: row.Codes,
	}, nil
}

// AskStep keeps the question of a step, in the place of the one before. Of a step to come in there must be one; the
// others begin with it.
func (db *Store) AskStep(ctx context.Context, token, question []byte, purpose string, account skein.Account, wall time.Time) error {
	tag, err := db.pool.Exec(ctx, `update second_step set challenge = $2 where token_hash = $1 and expires_at > $3`, token, question, wall)
	if err == nil && purpose == StepEnter && tag.RowsAffected() == 0 {
		return errStepOver
	}
	if err == nil && tag.RowsAffected() == 0 {
		_, err = db.pool.Exec(ctx, `
			insert into second_step (token_hash, person_id, epoch, purpose, challenge, expires_at)
			values ($1, $2, $3, $4, $5, $6)
			on conflict (token_hash) do update
			set epoch = excluded.epoch, challenge = excluded.challenge, expires_at = excluded.expires_at`,
			token, account.Person, account.Epoch, purpose, question, wall.Add(skein.SecondStepLife))
	}
	return core.Translate(err)
}

// beginStep keeps that somebody showed the first of two things.
func beginStep(ctx context.Context, tx pgx.Tx, person skein.PersonID, epoch int, way string, h Half, wall time.Time) error {
	return core.Exec(ctx, tx, `
		insert into second_step (token_hash, person_id, epoch, purpose, way, next, expires_at)
		values ($1, $2, $3, $4, $5, $6, $7)`, h.Token, person, epoch, StepEnter, way, h.Next, wall.Add(skein.SecondStepLife))
}

// takeStep ends a step with its question; nil asks for none. Whoever comes second finds it over, and so does whoever was
// signed out everywhere meanwhile.
func takeStep(ctx context.Context, tx pgx.Tx, token, question []byte, purpose string) (way string, err error) {
	way, err = core.Value[string](ctx, tx, `
		delete from second_step
		where token_hash = $1 and purpose = $3 and ($2::bytea is null or challenge = $2)
			and epoch = (select account.epoch from account where account.person_id = second_step.person_id)
		returning way`, token, question, purpose)
	if errors.Is(err, pgx.ErrNoRows) {
		err = errStepOver
	}
	return way, err
}

// HalfIn notes that somebody showed their password, has a passkey to show, and is not in before they do. What a stranger's
// try counted is taken back: tries at the second step count by themselves. A browser that is known counts both in one
// row, which only the second step clears, or whoever knows a password would guess codes there for ever.
func (db *Store) HalfIn(ctx context.Context, in SignedIn, h Half) error {
	err := pgx.BeginFunc(ctx, db.pool, func(tx pgx.Tx) error {
		if in.Device == "" {
			if err := in.forgive(ctx, tx); err != nil {
				return err
			}
		}
		tag, err := tx.Exec(ctx, `
			update account
			set password_hash = coalesce(nullif($2, ''), password_hash)
			where person_id = $1 and epoch = $3`, in.Account.Person, in.Rehashed, in.Account.Epoch)
		if err == nil && tag.RowsAffected() == 0 {
			err = errEnded
		}
		if err != nil {
			return err
		}
		return beginStep(ctx, tx, in.Account.Person, in.Account.Epoch, WayPassword, h, in.Browser.At)
	})
	return core.Translate(err)
}

// Shown is what somebody showed as their second step: a passkey, or a recovery code.
type Shown struct {
	Token []byte         // of the step
	Asked []byte         // its question, where a passkey answered it
	Key   *skein.Passkey // as it is to be kept
	Code  []byte         // the hash of a code
	Tried Tried          // as which it was counted
}

// kind is how the log calls it.
func (s Shown) kind() string {
	if s.Key != nil {
		return "passkey"
	}
	return "code"
}

// use notes that it was shown, once.
func (s Shown) use(ctx context.Context, tx pgx.Tx, by skein.By) error {
	if err := s.Tried.forgive(ctx, tx); err != nil {
		return err
	}
	if s.Key != nil {
		tag, err := tx.Exec(ctx, `
			update passkey
			set sign_count = $3, backed_up = $4, used_at = $5
			where id = $1 and person_id = $2 and copied_at is null and (sign_count < $3 or sign_count = 0 and $3 = 0)`,
			s.Key.ID, by.Person, int64(s.Key.Count), s.Key.BackedUp, by.At)
		if err == nil && tag.RowsAffected() == 0 {
			err = ErrNoSuchKey
		}
		return err
	}
	tag, err := tx.Exec(ctx, `
		update recovery_code set used_at = $3 where code_hash = $1 and person_id = $2 and used_at is null`, s.Code, by.Person, by.At)
	if err == nil && tag.RowsAffected() == 0 {
		err = ErrNoCode
	}
	if err != nil {
		return err
	}
	return tellOwn(ctx, tx, by, by.Person, skein.CodeCodeUsed, core.DoorCodeUsed)
}

// EndStep signs somebody in who showed the second of two things. Their browser is known from then on; it returns its
// row.
func (db *Store) EndStep(ctx context.Context, by skein.By, s Shown, epoch int, b Browser) (device string, err error) {
	err = core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		way, err := takeStep(ctx, tx, s.Token, s.Asked, StepEnter)
		if err != nil {
			return nil, err
		}
		tag, err := tx.Exec(ctx, `update account set signed_in_at = $2 where person_id = $1 and epoch = $3`, by.Person, by.At, epoch)
		if err == nil && tag.RowsAffected() == 0 {
			err = errEnded
		}
		if err == nil {
			err = s.use(ctx, tx, by)
		}
		if err != nil {
			return nil, err
		}
		device, err = keepDevice(ctx, tx, by, s.Tried.Device, b)
		return []skein.Event{{
			Action: "account.sign_in", Noun: "account", NounID: string(by.Person), Details: map[string]any{"by": way, "kind": s.kind()},
		}}, err
	})
	return device, err
}

// ShowStep notes that somebody who is in showed their second step again. The log tells of a code alone.
func (db *Store) ShowStep(ctx context.Context, by skein.By, s Shown) error {
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		if s.Key != nil {
			if _, err := takeStep(ctx, tx, s.Token, s.Asked, StepAgain); err != nil {
				return nil, err
			}
		}
		if err := s.use(ctx, tx, by); err != nil || s.Key != nil {
			return nil, err
		}
		return []skein.Event{{Action: "account.code", Noun: "account", NounID: string(by.Person)}}, nil
	})
}

// Forgive takes back what a try counted that was right.
func (db *Store) Forgive(ctx context.Context, t Tried) error {
	return core.Translate(pgx.BeginFunc(ctx, db.pool, func(tx pgx.Tx) error { return t.forgive(ctx, tx) }))
}
