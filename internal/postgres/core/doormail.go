package core

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"skein/internal/skein"
)

// DoorQueue is the queue of the door's mails: somebody waits for each at a screen, and a Monday's thousands do not
// stand before it. A version that does not know them leaves the queue alone.
const DoorQueue = "door"

// DoorKind says what a mail of the door is.
type DoorKind string

// The mails of the door.
const (
	DoorInvite   DoorKind = "invite"   // a link to come in by
	DoorPassword DoorKind = "password" // a link that sets a new password
	DoorConfirm  DoorKind = "confirm"  // a link by which an address becomes theirs, to that address
	DoorSet      DoorKind = "set"      // a password was set by a link
	DoorMoved    DoorKind = "moved"    // the address to sign in with was changed

	DoorKeyAdded   DoorKind = "key_added"   // a passkey was added
	DoorKeyRemoved DoorKind = "key_removed" // or removed
	DoorKeyCopied  DoorKind = "key_copied"  // or may be there twice
	DoorCodeUsed   DoorKind = "code_used"   // a recovery code did for one
	DoorCodesMade  DoorKind = "codes_made"  // new ones were made
	DoorSecondOff  DoorKind = "second_off"  // the operator took all of that away
)

// DoorMail is one of them.
type DoorMail struct {
	Person  skein.PersonID
	Kind    DoorKind
	Link    string // the id of the link that it carries; empty: it only tells
	Address string // where it goes; empty: where the person or the link says
}

// ForgottenJob sends a link for a new password to an address that was typed at the door, if somebody signs in with it.
type ForgottenJob struct {
	Email string `json:"email"`
}

// Kind is the job's name in its table.
func (ForgottenJob) Kind() string { return "forgotten" }

// InsertOpts puts it beside the door's mails.
func (ForgottenJob) InsertOpts() river.InsertOpts { return river.InsertOpts{Queue: DoorQueue} }

// QueueDoorMail makes mails of the door and their jobs, where mail goes out.
func QueueDoorMail(ctx context.Context, tx pgx.Tx, by skein.By, mails ...DoorMail) error {
	people, kinds := make([]string, len(mails)), make([]string, len(mails))
	links, addresses := make([]string, len(mails)), make([]string, len(mails))
	for i, m := range mails {
		people[i], kinds[i], links[i], addresses[i] = string(m.Person), string(m.Kind), m.Link, m.Address
	}
	ids, err := Values[string](ctx, tx, `
		insert into mail (person_id, door, link_id, address, made_at)
		select person, kind, nullif(link, '')::uuid, nullif(address, ''), $5
		from unnest($1::text[], $2::text[], $3::text[], $4::text[]) given (person, kind, link, address)
		where `+MayMail+`
		returning id::text`, people, kinds, links, addresses, by.At)
	if err != nil {
		return err
	}
	return queueMail(ctx, tx, DoorQueue, ids, 0)
}

// QueueForgotten makes the job that looks whose an address is. It is the same work whether or not it is anybody's.
func QueueForgotten(ctx context.Context, tx pgx.Tx, email string) error {
	client, err := mailQueue()
	if err != nil {
		return fmt.Errorf("the queue of mails: %w", err)
	}
	_, err = client.InsertTx(ctx, tx, ForgottenJob{email}, nil)
	return err
}
