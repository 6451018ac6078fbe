// Package maildb is what goes out by mail: which mails wait, to whom, and what became of them.
package maildb

import (
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

// Letter is a mail as it is to be written: of a notice, or of a week.
type Letter struct {
	ID     string
	Viewer doordb.Viewer // to whom, at whose Skein
	Email  string
	Tries  int // how often it was tried in vain
	Notice *homedb.Notice
	Lead   *Lead // what the notice speaks of, where that is a project
	Week   *Week
}

// Lead is what a mail says of the project that its notice speaks of.
type Lead struct {
	Purpose string
	Gets    []Get // what an offer comes with
}

// Get is one thing that a lead gets, and how far that is.
type Get struct {
	What     string
	Granted  bool
	By       string // who granted it, or is asked
	AnswerBy time.Time
}

// Week is what a digest says.
type Week struct {
	Monday skein.Date
	Home   homedb.Home
	Moved  []homedb.Notice // since the last one, and not seen
}

// Empty tells that a week has nothing to tell.
func (w Week) Empty() bool { return len(w.Home.Waiting) == 0 && len(w.Moved) == 0 }

// RefusedError is a mail server's word that an address is none.
type RefusedError struct{ Says string }

func (e RefusedError) Error() string { return "the address was refused: " + e.Says }

// FailedError is a mail that could not be handed over now, and is to be tried again.
type FailedError struct {
	Says  string // in plain words, without secrets
	Tries int    // how often, this one included
}

func (e FailedError) Error() string { return "mail: " + e.Says }
