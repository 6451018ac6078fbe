package doordb

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// Arrival is somebody whom the organisation's provider of accounts vouches for.
type Arrival struct {
	Issuer, Subject string // what names them there, for good
	Email           string // "" where it says none
	Verified        bool   // the address is theirs
	Name            string // of somebody who is to be made; one that is a name here
	Groups          []string
	// GroupsSaid is false where nothing is known of their groups: then their roles stay.
	GroupsSaid bool
	Device     []byte // the hash of what their browser keeps
	Browser    Browser
	Half       Half // where they have a second step to take
}

// Arrived is who came in.
type Arrived struct {
	Person skein.PersonID
	Epoch  int    // of their account
	Device string // the browser's row
	// Half is true where a second step is demanded of them, and they have a passkey: they are not in before they show it.
	Half  bool
	Known bool // what the browser keeps is still what it is known by
	// Kept are roles that no group gives any more, and that somebody has to have.
	Kept []skein.HatKind
}

// Arrive lets somebody in: by what the provider calls them, or by their address when they first come, as whom nobody
// came before. Who is known and has no account gets one; roles follow their groups. Whoever does not come in is a
// skein.TurnedAwayError.
func (db *Store) Arrive(ctx context.Context, by skein.By, a Arrival) (Arrived, error) {
	h := arriving{Arrival: a, by: by}
	err := pgx.BeginFunc(ctx, db.pool, func(tx pgx.Tx) error {
		h.tx = tx
		err := h.find(ctx)
		if err == nil && h.away == "" {
			err = h.enter(ctx)
		}
		if err != nil {
			return err
		}
		by.Person = h.in.Person
		return core.Record(ctx, tx, by, h.events)
	})
	if err == nil && h.away != "" {
		err = skein.TurnedAwayError{Why: h.away}
	}
	return h.in, core.Translate(err)
}

// arriving is an arrival under way.
type arriving struct {
	Arrival
	tx      pgx.Tx
	by      skein.By // whose day and moment it is; nobody yet
	in      Arrived
	away    skein.TurnedAway
	account bool // they have one
	events  []skein.Event
}

// skein is what a rule does.
func (h *arriving) skein() skein.By {
	by := h.by
	by.Person = ""
	return by
}

// reached is somebody whom an arrival may be.
type reached struct {
	ID              skein.PersonID
	Active, Account bool
}

const reachedColumns = `person.id, ` + core.ActiveToday + ` as active, exists (select from account where account.person_id = person.id) as account`

// find says who it is. First arrivals come one after the other, so that nobody is made or linked twice.
func (h *arriving) find(ctx context.Context) error {
	found, err := h.bySubject(ctx)
	if err != nil || found {
		return err
	}
	rule, err := core.Value[skein.Unknown](ctx, h.tx, `select unknown from sign_in_rule for update`)
	if err != nil {
		return err
	}
	if found, err = h.bySubject(ctx); err != nil || found {
		return err
	}
	switch {
	case skein.CheckEmail(h.Email) != nil:
		h.away = skein.AwayNoEmail
		return nil
	case !h.Verified:
		h.away = skein.AwayUnverified
		return nil
	}
	people, err := core.All[reached](ctx, h.tx, `
		select `+reachedColumns+`
		from person
		where person.id in (
			select person_id from account where lower(email) = lower(@email)
			union
			select id from person where lower(email) = lower(@email)
			union
			select person_id from email_alias where email = lower(@email)
		)`, pgx.NamedArgs{"email": h.Email, "today": h.by.Day})
	switch {
	case err != nil:
		return err
	case len(people) == 0 && rule == skein.MakeUnknown:
		return h.makePerson(ctx)
	case len(people) == 0:
		h.away = skein.AwayUnknown
		return nil
	case len(people) > 1:
		h.away = skein.AwaySeveral
		return nil
	case !people[0].Active:
		h.away = skein.AwayLeft
		return nil
	}
	return h.link(ctx, people[0])
}

// bySubject finds who came as this one before.
func (h *arriving) bySubject(ctx context.Context) (bool, error) {
	found, err := core.One[reached](ctx, h.tx, `
		select `+reachedColumns+`
		from identity
		join person on person.id = identity.person_id
		where identity.issuer = @issuer and identity.subject = @subject`,
		pgx.NamedArgs{"issuer": h.Issuer, "subject": h.Subject, "today": h.by.Day})
	if errors.Is(err, pgx.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	h.in.Person, h.account = found.ID, found.Account
	if !found.Active {
		h.away = skein.AwayLeft
	}
	return true, core.Exec(ctx, h.tx, `update identity set used_at = $3 where issuer = $1 and subject = $2`, h.Issuer, h.Subject, h.by.At)
}

// link notes that somebody known is whom the provider calls so, unless it called them otherwise before.
func (h *arriving) link(ctx context.Context, known reached) error {
	other, err := core.Values[*time.Time](ctx, h.tx, `
		select max(refused_at)
		from identity
		where issuer = $1 and person_id = $2
		having count(*) > 0`, h.Issuer, known.ID)
	if err != nil {
		return err
	}
	if len(other) > 0 {
		h.away = skein.AwayOther
		return h.tellOther(ctx, known.ID, other[0])
	}
	h.in.Person, h.account = known.ID, known.Account
	h.events = append(h.events, skein.Event{Action: "account.link", Noun: "account", NounID: string(known.ID)})
	return h.insertIdentity(ctx)
}

func (h *arriving) insertIdentity(ctx context.Context) error {
	return core.Exec(ctx, h.tx, `
		insert into identity (issuer, subject, person_id, linked_at, used_at)
		values ($1, $2, $3, $4, $4)`, h.Issuer, h.Subject, h.in.Person, h.by.At)
}

// tellOther tells the log and the administrators of somebody who was turned away because whose address they have came
// as somebody else before: once a day, however often they try.
func (h *arriving) tellOther(ctx context.Context, person skein.PersonID, last *time.Time) error {
	if last != nil && h.by.At.Sub(*last) < 24*time.Hour {
		return nil
	}
	h.events = append(h.events, skein.Event{Action: "account.turn_away", Noun: "account", NounID: string(person), Ruled: true})
	err := core.Exec(ctx, h.tx, `update identity set refused_at = $3 where issuer = $1 and person_id = $2`, h.Issuer, person, h.by.At)
	if err != nil {
		return err
	}
	return core.TellAccess(ctx, h.tx, h.skein(), skein.Notice{Code: skein.CodeOther, Subject: person})
}

// makePerson makes a person of somebody unknown.
func (h *arriving) makePerson(ctx context.Context) (err error) {
	if h.in.Person, err = insertPerson(ctx, h.tx, h.by, h.Name, h.Email, ""); err != nil {
		return err
	}
	h.events = append(h.events,
		skein.Event{Action: "person.create", Noun: "person", NounID: string(h.in.Person)},
		skein.Event{Action: "account.link", Noun: "account", NounID: string(h.in.Person)})
	if err := h.insertIdentity(ctx); err != nil {
		return err
	}
	by := h.by
	by.Person = h.in.Person // they know
	return core.TellAccess(ctx, h.tx, by, skein.Notice{Code: skein.CodeCame, Subject: h.in.Person})
}

// enter gives them what they come in with: an account, the roles of their groups, a browser that is known.
func (h *arriving) enter(ctx context.Context) error {
	if !h.account {
		if err := insertAccount(ctx, h.tx, h.by, h.in.Person, h.Email, ""); err != nil {
			return err
		}
		h.events = append(h.events, skein.Event{
			Action: "account.create", Noun: "account", NounID: string(h.in.Person), Details: map[string]any{"by": "organisation"},
		})
	}
	if h.GroupsSaid {
		if err := h.followGroups(ctx); err != nil {
			return err
		}
	}
	err := h.tx.QueryRow(ctx, `
		update account whose
		set signed_in_at = $2
		where person_id = $1
		returning epoch, `+demandedOf+` and `+hasPasskey, h.in.Person, h.by.At).Scan(&h.in.Epoch, &h.in.Half)
	if err != nil {
		return err
	}
	if h.in.Half {
		return beginStep(ctx, h.tx, h.in.Person, h.in.Epoch, WayOrganisation, h.Half, h.Browser.At)
	}
	return h.keep(ctx)
}

// keep has their browser known, and tells the log that they are in.
func (h *arriving) keep(ctx context.Context) error {
	known, err := core.Values[string](ctx, h.tx, `
		select id::text from device where token_hash = $1 and person_id = $2 and expires_at > $3`, h.Device, h.in.Person, h.Browser.At)
	if err != nil {
		return err
	}
	device := ""
	if len(known) > 0 {
		device, h.in.Known = known[0], true
	}
	by := h.by
	by.Person = h.in.Person
	h.in.Device, err = keepDevice(ctx, h.tx, by, device, h.Browser)
	h.events = append(h.events, skein.Event{
		Action: "account.sign_in", Noun: "account", NounID: string(h.in.Person), Details: map[string]any{"by": "organisation"},
	})
	return err
}
