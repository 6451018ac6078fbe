package doordb

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// ErrNoPassword is for whoever would come in by a password, or let somebody in by one, where they are switched off.
var ErrNoPassword = skein.Refused{
	Why: "Passwords are switched off here: people sign in with the organisation’s own account.",
	Who: "An administrator can change that, or name an administrator who keeps one, under Sign-in.",
}

// mayUsePassword refuses to go on where passwords are switched off for somebody; whoever has no account is not named.
func mayUsePassword(ctx context.Context, on core.Querier, person skein.PersonID) error {
	may, err := core.Value[bool](ctx, on, `
		select coalesce((select `+core.ByPassword+` from account where person_id = $1), passwords) from sign_in_rule`, person)
	if err == nil && !may {
		return ErrNoPassword
	}
	return err
}

// SignInRule returns how people sign in.
func (db *Store) SignInRule(ctx context.Context) (skein.SignInRule, error) {
	rule, err := core.One[skein.SignInRule](ctx, db.pool, `select unknown, passwords, second_step from sign_in_rule`)
	return rule, core.Translate(err)
}

// AtDoor is what the door says before anybody has signed in.
type AtDoor struct {
	skein.SignInRule
	Nobody bool // has an account: the first administrator has not come in yet
}

// AtDoor reads it in one round trip.
func (db *Store) AtDoor(ctx context.Context) (AtDoor, error) {
	at, err := core.One[AtDoor](ctx, db.pool, `
		select unknown, passwords, second_step, not exists (select from account) as nobody from sign_in_rule`)
	return at, core.Translate(err)
}

// SignIns is how people sign in, as administrators set it.
type SignIns struct {
	Rule           skein.SignInRule
	Administrators []NamedAdministrator // who can come in today, by name
	Named          []skein.PersonID     // who comes in by a password also where others do not, while they are administrators
	Groups         []GroupRole          // by group and role
	Circles        []skein.Circle
	Linked         int // how many people signed in with the organisation's account
}

// NamedAdministrator is an administrator who may be named to come in by a password.
type NamedAdministrator struct {
	ID       skein.PersonID
	Name     string
	Password bool // they have one
}

// GroupRole is a role that a group gives.
type GroupRole struct {
	ID     string
	Group  string
	Kind   skein.HatKind
	Circle skein.CircleID
	Name   string // of the circle
	People int    // who have the role by it now
}

// SignIns returns how people sign in, in one round trip.
func (db *Store) SignIns(ctx context.Context, issuer string, today skein.Date) (SignIns, error) {
	var s SignIns
	batch := &pgx.Batch{}
	core.CollectOne(batch, &s.Rule, `select unknown, passwords, second_step from sign_in_rule`)
	core.Collect(batch, &s.Administrators, `
		select person.id, person.name, account.password_hash is not null as password
		from hat
		join person on person.id = hat.person_id
		join account on account.person_id = person.id
		where hat.kind = 'administrator' and `+core.ActiveToday+`
		order by folded(person.name), person.id`, pgx.NamedArgs{"today": today})
	core.Collect(batch, &s.Groups, `
		select group_role.id::text as id, group_role.name as group, group_role.kind, coalesce(group_role.circle_id, '') as circle,
			coalesce(circle.name, '') as name, (
				select count(*)
				from hat
				where hat.from_group = group_role.name and hat.kind = group_role.kind and hat.circle_id is not distinct from group_role.circle_id
			)::int as people
		from group_role
		left join circle on circle.id = group_role.circle_id
		order by folded(group_role.name), group_role.name, group_role.kind, folded(circle.name)`)
	core.CollectValues(batch, &s.Named, namedSQL)
	collectCircles(batch, &s.Circles)
	batch.Queue(`select count(distinct person_id)::int from identity where issuer = $1`, issuer).QueryRow(func(row pgx.Row) error {
		return row.Scan(&s.Linked)
	})
	return s, core.Translate(db.pool.SendBatch(ctx, batch).Close())
}

// SetUnknown says what becomes of whom nobody here knows.
func (db *Store) SetUnknown(ctx context.Context, by skein.By, read, unknown skein.Unknown) error {
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		if err := unknown.Check(); err != nil {
			return nil, err
		}
		before, err := core.Value[skein.Unknown](ctx, tx, `select unknown from sign_in_rule for update`)
		if err != nil || before == unknown {
			return nil, err
		}
		if err := skein.Fresh(string(read), string(before)); err != nil {
			return nil, err
		}
		err = core.Exec(ctx, tx, `update sign_in_rule set unknown = $1`, unknown)
		return []skein.Event{{
			Action: "organisation.unknown", Noun: "organisation", NounID: "organisation", Details: map[string]any{"make": unknown == skein.MakeUnknown},
		}}, err
	})
}

// Passwords says for whom a password opens the door: everybody, or the administrators who are named.
type Passwords struct {
	On    bool
	Named []skein.PersonID
}

// SetPasswords says who comes in by a password. Read is the version of what was read, as Passwords.Version makes it.
// Where they are off, an administrator must be named who has one.
func (db *Store) SetPasswords(ctx context.Context, by skein.By, read string, p Passwords) error {
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		// First, as whoever takes the role from one of them does.
		there, err := core.Administrators(ctx, tx, by.Day)
		if err != nil {
			return nil, err
		}
		before, err := lockPasswords(ctx, tx)
		if err != nil {
			return nil, err
		}
		slices.Sort(p.Named)
		p.Named = slices.Compact(p.Named)
		if err := skein.Fresh(read, before.Version()); err != nil && p.Version() != before.Version() {
			return nil, err
		}
		events, err := savePasswords(ctx, tx, by, before, p, there)
		if err != nil || p.On {
			return events, err
		}
		there, err = core.Administrators(ctx, tx, by.Day)
		if err == nil && len(core.ByPasswordOf(there)) == 0 {
			err = skein.Invalid{{Field: "named", Message: "Name an administrator who has a password: somebody must be able to come in when the organisation’s sign-in is out of reach."}}
		}
		return events, err
	})
}

// Version is what a form that changes it was shown.
func (p Passwords) Version() string {
	version := "off"
	if p.On {
		version = "on"
	}
	for _, id := range p.Named {
		version += " " + string(id)
	}
	return version
}

const namedSQL = `select person_id from account where keeps_password order by person_id collate "C"`

// lockPasswords reads who comes in by a password, and keeps others from changing it. Who is named and is no
// administrator any more does not count.
func lockPasswords(ctx context.Context, tx pgx.Tx) (p Passwords, err error) {
	if p.On, err = core.Value[bool](ctx, tx, `select passwords from sign_in_rule for update`); err != nil {
		return p, err
	}
	p.Named, err = core.Values[skein.PersonID](ctx, tx, namedSQL)
	return p, err
}

func savePasswords(ctx context.Context, tx pgx.Tx, by skein.By, before, p Passwords, there []core.Administrator) ([]skein.Event, error) {
	var events []skein.Event
	for _, id := range p.Named {
		if !slices.ContainsFunc(there, func(a core.Administrator) bool { return a.ID == id }) {
			return nil, skein.Invalid{{Field: "named", Message: "One of them is no administrator any more. Look again, and choose among those who are."}}
		}
		if !slices.Contains(before.Named, id) {
			events = append(events, skein.Event{Action: "account.keep_password", Noun: "account", NounID: string(id)})
		}
	}
	for _, id := range before.Named {
		if !slices.Contains(p.Named, id) {
			events = append(events, skein.Event{Action: "account.lose_password", Noun: "account", NounID: string(id)})
		}
	}
	if before.On != p.On {
		events = append(events, skein.Event{
			Action: "organisation.passwords", Noun: "organisation", NounID: "organisation", Details: map[string]any{"on": p.On},
		})
	}
	if len(events) == 0 {
		return nil, nil
	}
	err := core.Exec(ctx, tx, `update account set keeps_password = not keeps_password where keeps_password <> (person_id = any($1))`, core.Texts(p.Named))
	if err != nil {
		return nil, err
	}
	if err := core.Exec(ctx, tx, `update sign_in_rule set passwords = $1`, p.On); err != nil || before.On == p.On {
		return events, err
	}
	code := skein.CodePasswordsOff
	if p.On {
		code = skein.CodePasswordsOn
	}
	return events, core.TellAccess(ctx, tx, by, skein.Notice{Code: code, Subject: by.Person})
}
