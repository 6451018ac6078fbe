package doordb

import (
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

const passkeyColumns = `
	passkey.id::text as id, credential, public_key, handle, sign_count::bigint as count, transports, may_back_up, backed_up, host, name,
	made_at, used_at, copied_at`

const passkeysSQL = `select ` + passkeyColumns + ` from passkey where person_id = $1 order by made_at, id`

// SecondSteps is what somebody can show beside their password.
type SecondSteps struct {
	Passkeys []skein.Passkey // by when they were made
	Codes    int             // recovery codes that are left
	Demanded bool            // of them, today
}

// SecondSteps returns what somebody can show beside their password, in one round trip.
func (db *Store) SecondSteps(ctx context.Context, person skein.PersonID) (s SecondSteps, err error) {
	batch := &pgx.Batch{}
	s.queue(batch, person)
	return s, core.Translate(db.pool.SendBatch(ctx, batch).Close())
}

func (s *SecondSteps) queue(batch *pgx.Batch, person skein.PersonID) {
	core.Collect(batch, &s.Passkeys, passkeysSQL, person)
	batch.Queue(`
		select `+codesLeft+`, `+demandedOf+`
		from (select $1::text as person_id) whose`, person).QueryRow(func(row pgx.Row) error { return row.Scan(&s.Codes, &s.Demanded) })
}

const codesLeft = `(select count(*) from recovery_code where recovery_code.person_id = whose.person_id and used_at is null)::int`

// demandedOf holds for people of whom a second step is demanded, joined as whose.
const demandedOf = `(
	(select second_step from sign_in_rule)
	and exists (select from hat where hat.person_id = whose.person_id and hat.kind in ('administrator', 'executive'))
)`

// hasPasskey holds for people who have a passkey, joined as whose: also one that opens nothing any more, so that
// nobody comes in by a password alone because it was copied.
const hasPasskey = `exists (select from passkey where passkey.person_id = whose.person_id)`

// NewPasskey is a passkey to be kept.
type NewPasskey struct {
	skein.Passkey
	Step    []byte   // the token's hash of the question that it answers
	Asked   []byte   // and that question
	Codes   [][]byte // hashes of recovery codes, kept where it is the first
	Browser Browser
}

// Renewed is the session of somebody whose others ended.
type Renewed struct {
	Epoch  int    // 0: they did not end
	Device string // the browser's row
}

// AddPasskey keeps a passkey of by's. With the first come recovery codes, and who signed in before, by a password
// alone, is signed out: it tells whether it was the first.
func (db *Store) AddPasskey(ctx context.Context, by skein.By, n NewPasskey) (in Renewed, first bool, err error) {
	err = core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		has, err := lockPasskeys(ctx, tx, by.Person)
		if err != nil {
			return nil, err
		}
		if _, err := takeStep(ctx, tx, n.Step, n.Asked, StepAdd); err != nil {
			return nil, err
		}
		if first = len(has) == 0; len(has) >= skein.MostPasskeys {
			return nil, skein.Refused{Why: "You have twenty passkeys already.", Who: "Remove one that you do not use."}
		}
		err = core.Exec(ctx, tx, `
			insert into passkey (person_id, credential, public_key, handle, sign_count, transports, may_back_up, backed_up, host, name, made_at)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
			by.Person, n.Credential, n.PublicKey, n.Handle, int64(n.Count), n.Transports, n.MayBackUp, n.BackedUp, n.Host, n.Name, by.At)
		if err == nil && first {
			if err = keepCodes(ctx, tx, by, n.Codes); err == nil {
				in, err = endOthers(ctx, tx, by, n.Browser)
			}
		}
		if err == nil {
			err = tellOwn(ctx, tx, by, by.Person, skein.CodeKeyAdded, core.DoorKeyAdded)
		}
		return []skein.Event{{Action: "account.passkey_add", Noun: "account", NounID: string(by.Person)}}, err
	})
	return in, first, err
}

// lockPasskeys reads the passkeys of somebody, and has whoever else adds or removes one of theirs wait.
func lockPasskeys(ctx context.Context, tx pgx.Tx, person skein.PersonID) ([]skein.Passkey, error) {
	if _, err := core.Value[int](ctx, tx, `select epoch from account where person_id = $1 for update`, person); err != nil {
		return nil, err
	}
	return core.All[skein.Passkey](ctx, tx, passkeysSQL, person)
}

// endOthers signs by out everywhere but in this browser, which is known anew.
func endOthers(ctx context.Context, tx pgx.Tx, by skein.By, b Browser) (in Renewed, err error) {
	if in.Epoch, err = endSessions(ctx, tx, by.Person); err == nil {
		in.Device, err = keepDevice(ctx, tx, by, "", b)
	}
	return in, err
}

// tellOwn tells somebody what became of how they sign in, by mail too: whoever did not do it must hear.
func tellOwn(ctx context.Context, tx pgx.Tx, by skein.By, person skein.PersonID, code skein.NoticeCode, kind core.DoorKind) error {
	if err := core.QueueDoorMail(ctx, tx, by, core.DoorMail{Person: person, Kind: kind}); err != nil {
		return err
	}
	return core.Tell(ctx, tx, by, []skein.Notice{{
		To: person, Kind: skein.NoticeAccess, Code: code, Subject: person, Who: by.Person,
		About: fmt.Sprintf("access:%s:%s:%d", code, person, by.At.UnixMicro()),
	}})
}

// NamePasskey gives a passkey of by's another name. Anybody else's is not found.
func (db *Store) NamePasskey(ctx context.Context, by skein.By, id, name string) error {
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		if err := skein.CheckPasskeyName(name); err != nil {
			return nil, err
		}
		before, err := core.Value[string](ctx, tx, `select name from passkey where id = $1 and person_id = $2 for update`, id, by.Person)
		if err != nil || before == name {
			return nil, err
		}
		err = core.Exec(ctx, tx, `update passkey set name = $2 where id = $1`, id, name)
		return []skein.Event{{Action: "account.passkey_name", Noun: "account", NounID: string(by.Person)}}, err
	})
}

// RemovePasskey takes a passkey of by's away, and signs them out everywhere else: whoever has it may have come in by it.
// With the last go the recovery codes. The last one that answers at host stays where a second step is demanded of them.
func (db *Store) RemovePasskey(ctx context.Context, by skein.By, id, host string, b Browser) (in Renewed, err error) {
	err = core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		has, err := lockPasskeys(ctx, tx, by.Person)
		if err != nil {
			return nil, err
		}
		left := slices.DeleteFunc(slices.Clone(has), func(k skein.Passkey) bool { return k.ID == id })
		if len(left) == len(has) {
			return nil, skein.ErrNotFound
		}
		demanded, err := core.Value[bool](ctx, tx, `select `+demandedOf+` from (select $1::text as person_id) whose`, by.Person)
		if err != nil {
			return nil, err
		}
		if err := skein.KeepPasskey(len(Usable(left, host))); demanded && host != "" && err != nil {
			return nil, err
		}
		if err = core.Exec(ctx, tx, `delete from passkey where id = $1`, id); err == nil && len(left) == 0 {
			err = core.Exec(ctx, tx, `delete from recovery_code where person_id = $1`, by.Person)
		}
		if err != nil {
			return nil, err
		}
		if in, err = endOthers(ctx, tx, by, b); err == nil {
			err = tellOwn(ctx, tx, by, by.Person, skein.CodeKeyRemoved, core.DoorKeyRemoved)
		}
		return []skein.Event{{Action: "account.passkey_remove", Noun: "account", NounID: string(by.Person)}}, err
	})
	return in, err
}

// NewCodes puts recovery codes in the place of those that somebody has; codes are hashes.
func (db *Store) NewCodes(ctx context.Context, by skein.By, codes [][]byte) error {
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		has, err := lockPasskeys(ctx, tx, by.Person)
		if err != nil {
			return nil, err
		}
		if len(has) == 0 {
			return nil, skein.Refused{Why: "Recovery codes do for a passkey that is lost, and you have none.", Who: "Add a passkey first."}
		}
		if err = keepCodes(ctx, tx, by, codes); err == nil {
			err = tellOwn(ctx, tx, by, by.Person, skein.CodeCodesMade, core.DoorCodesMade)
		}
		return []skein.Event{{Action: "account.codes", Noun: "account", NounID: string(by.Person)}}, err
	})
}

func keepCodes(ctx context.Context, tx pgx.Tx, by skein.By, codes [][]byte) error {
	batch := &pgx.Batch{}
	batch.Queue(`delete from recovery_code where person_id = $1`, by.Person)
	batch.Queue(`insert into recovery_code (code_hash, person_id, made_at) select hash, $2, $3 from unnest($1::bytea[]) as hash`, codes, by.Person, by.At)
	return tx.SendBatch(ctx, batch).Close()
}

// NoteCopied notes that the count of a passkey went back: there may be another of it, so that it opens nothing from
// then on. Whose it is and the administrators are told.
func (db *Store) NoteCopied(ctx context.Context, by skein.By, person skein.PersonID, id string) error {
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		tag, err := tx.Exec(ctx, `update passkey set copied_at = $3 where id = $1 and person_id = $2 and copied_at is null`, id, person, by.At)
		if err != nil || tag.RowsAffected() == 0 {
			return nil, err
		}
		if err = core.QueueDoorMail(ctx, tx, by, core.DoorMail{Person: person, Kind: core.DoorKeyCopied}); err == nil {
			err = core.TellAccess(ctx, tx, by, skein.Notice{Code: skein.CodeKeyCopied, Subject: person})
		}
		return []skein.Event{{Action: "account.passkey_copied", Noun: "account", NounID: string(person)}}, err
	})
}

// SecondOff takes from somebody all that they can show beside their password, and signs them out. By without a person
// is the operator at the command line. It returns how many passkeys went; not found where nobody signs in so.
func (db *Store) SecondOff(ctx context.Context, by skein.By, email string) (passkeys int, err error) {
	err = core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		person, err := core.Value[skein.PersonID](ctx, tx, `
			select person_id
			from account
			where lower(email) = lower($1) or person_id = (select person_id from email_alias where email_alias.email = lower($1))
			for update`, email)
		if err != nil {
			return nil, err
		}
		tag, err := tx.Exec(ctx, `delete from passkey where person_id = $1`, person)
		if err != nil {
			return nil, err
		}
		passkeys = int(tag.RowsAffected())
		codes, err := tx.Exec(ctx, `delete from recovery_code where person_id = $1`, person)
		if err != nil || passkeys+int(codes.RowsAffected()) == 0 {
			return nil, err
		}
		if _, err = endSessions(ctx, tx, person); err == nil {
			err = core.QueueDoorMail(ctx, tx, by, core.DoorMail{Person: person, Kind: core.DoorSecondOff})
		}
		if err == nil {
			err = core.TellAccess(ctx, tx, by, skein.Notice{Code: skein.CodeSecondOff, Subject: person})
		}
		return []skein.Event{{Action: "account.second_off", Noun: "account", NounID: string(person)}}, err
	})
	return passkeys, err
}

// SetDemand says whether a second step is demanded of administrators and executives. Read is "on" or "off", as it was
// shown. It is not switched on by somebody who has none that answers at host.
func (db *Store) SetDemand(ctx context.Context, by skein.By, host, read string, on bool) error {
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		has, err := lockPasskeys(ctx, tx, by.Person)
		if err != nil {
			return nil, err
		}
		before, err := core.Value[bool](ctx, tx, `select second_step from sign_in_rule for update`)
		if err != nil || before == on {
			return nil, err
		}
		if err := skein.Fresh(read, map[bool]string{true: "on", false: "off"}[before]); err != nil {
			return nil, err
		}
		if on && len(Usable(has, host)) == 0 {
			return nil, skein.Invalid{{Field: "second", Message: "Add a passkey of your own first, under How you sign in: nobody demands of others what they do not have."}}
		}
		code := skein.CodeDemandOff
		if on {
			code = skein.CodeDemandOn
		}
		if err = core.Exec(ctx, tx, `update sign_in_rule set second_step = $1`, on); err == nil {
			err = core.TellAccess(ctx, tx, by, skein.Notice{Code: code, Subject: by.Person})
		}
		return []skein.Event{{
			Action: "organisation.second_step", Noun: "organisation", NounID: "organisation", Details: map[string]any{"on": on},
		}}, err
	})
}
