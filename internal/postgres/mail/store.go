// Package maildb is what goes out by mail: which mails wait, to whom, and what became of them.
package maildb

import (
	"context"
	"errors"
	"time"

	"skein/internal/postgres/core"
	doordb "skein/internal/postgres/door"
	homedb "skein/internal/postgres/home"
	"skein/internal/skein"
)

// Job is the job that sends one mail.
type Job = core.MailJob

// Queue is where those jobs are.
const Queue = core.MailQueue

// Store is the area: its reads, and its moves with a transaction each.
type Store struct {
	pool core.Conn
}

// New returns the area on a pool of connections.
func New(pool core.Conn) *Store { return &Store{pool: pool} }

// Letter is a mail as it is to be written: of a notice, of a week, or of the door.
type Letter struct {
	ID     string
	Viewer doordb.Viewer // to whom, at whose Skein
	Key    string        // by which the log names them: it never changes
	Email  string
	Tries  int // how often it was tried in vain
	MadeAt time.Time
	Notice *homedb.Notice
	Lead   *Lead // what the notice speaks of, where that is a project
	Week   *Week
	Door   *Door
}

// Door is what a mail of the door says.
type Door struct {
	Kind  core.DoorKind
	Name  string    // of whom it is for, who may have no account yet
	Link  string    // the id of the link that it carries; empty: none
	Until time.Time // how long that is good
	Email string    // with which they sign in, or will
	By    string    // who invited them, or changed it; empty: they themselves, or nobody of the organisation
	// Keep keeps the hash of the link's token: from then on the link opens what it is for.
	Keep func(ctx context.Context, hash []byte) error
}

// DoorKind says what a mail of the door is.
type DoorKind = core.DoorKind

// The mails of the door.
const (
	DoorInvite   = core.DoorInvite
	DoorPassword = core.DoorPassword
	DoorConfirm  = core.DoorConfirm
	DoorSet      = core.DoorSet
	DoorMoved    = core.DoorMoved

	DoorKeyAdded   = core.DoorKeyAdded
	DoorKeyRemoved = core.DoorKeyRemoved
	DoorKeyCopied  = core.DoorKeyCopied
	DoorCodeUsed   = core.DoorCodeUsed
	DoorCodesMade  = core.DoorCodesMade
	DoorSecondOff  = core.DoorSecondOff
)

// ForgottenJob is the job that looks whose an address is that was typed at the door.
type ForgottenJob = core.ForgottenJob

// DoorQueue is where the door's jobs are.
const DoorQueue = core.DoorQueue

// Lead is what a mail says of the project that its notice speaks of.
type Lead struct {
	Purpose string
	Gets    []Get // what an offer comes with
}

// Get is one thing that a lead gets, and how far that is.
type Get struct {
	Need     skein.Need
	Granted  bool
	By       string // who granted it, or is asked
	AnswerBy time.Time
}

// Week is what a digest says.
type Week struct {
	Monday skein.Date
	Since  time.Time // the last one that was sent or had nothing to tell, a week ago at first
	Home   homedb.Home
	Moved  []homedb.Notice // since the last one, and not seen
}

// Empty tells that nothing waits and nothing moved.
func (w Week) Empty() bool { return len(w.Home.Waiting) == 0 && len(w.Moved) == 0 }

// ErrNothing is said of a digest that has nothing to tell.
var ErrNothing = errors.New("there is nothing to tell")

// RefusedError is a mail server's word that an address is none.
type RefusedError struct{ Says string }

func (e RefusedError) Error() string { return "the address was refused: " + e.Says }

// TurnedDownError is a mail server's lasting no to a mail itself, not to its address: too large, or against its rules.
type TurnedDownError struct{ Says string }

func (e TurnedDownError) Error() string { return e.Says }

// FailedError is a mail that could not be handed over now, and is to be tried again.
type FailedError struct {
	Says  string // in plain words, without secrets
	Tries int    // how often, this one included
}

func (e FailedError) Error() string { return "mail: " + e.Says }
