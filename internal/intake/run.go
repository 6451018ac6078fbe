package intake

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"sync/atomic"
	"time"

	"skein/internal/exchange"
	"skein/internal/folder"
	"skein/internal/match"
	bulkdb "skein/internal/postgres/bulk"
	"skein/internal/skein"
)

// at is one run under way.
type at struct {
	*Intake

	run  bulkdb.IntakeRun
	dir  string
	step atomic.Pointer[string]
	gone atomic.Bool
}

// What an intake says of a run that did not get where it should.
const (
	waiting = "Another import is under way. This one waits for it."
	over    = "The files are not there any more: they are kept for a day. Hand them in again."
	Moved   = "Something in Skein has changed since this was tried, so nothing was brought in. This is how it would be now."
)

// beat says again and again that somebody is still at it, and stops the run that nobody wants any more.
func (a *at) beat(ctx context.Context, stop func()) {
	for tick := time.NewTicker(beat); ; {
		select {
		case <-ctx.Done():
			tick.Stop()
			return
		case <-tick.C:
		}
		step := ""
		if said := a.step.Load(); said != nil {
			step = *said
		}
		if errors.Is(a.DB.Bulk.Beat(ctx, a.run, step, a.Now()), bulkdb.ErrGone) {
			// A run that ended a moment before is not gone: then this stops nothing.
			a.gone.Store(true)
			stop()
		}
	}
}

func (a *at) say(step string) { a.step.Store(&step) }

// do does what the intake wants, and notes what came of it.
func (a *at) do(ctx context.Context) error {
	who := a.run.Person
	if a.run.Wants == bulkdb.WantsLoad {
		who = cmp.Or(a.run.WantedBy, who)
	}
	by, err := a.by(ctx, who)
	if err != nil {
		return err
	}
	a.dir, err = a.lay(ctx, a.run.Intake)
	defer os.RemoveAll(a.dir)
	var refused Refused
	switch {
	case errors.Is(err, ErrOver):
		return a.DB.Bulk.EndRun(ctx, a.run, a.run.Answer, over)
	case errors.As(err, &refused):
		return a.DB.Bulk.EndRun(ctx, a.run, a.run.Answer, refused.Error())
	case err != nil:
		return err
	}
	says := ""
	if a.run.Wants == bulkdb.WantsLoad {
		moved, err := a.load(ctx, by)
		if !moved || err != nil {
			return a.ended(ctx, err)
		}
		says = Moved
	}
	answer, err := a.try(ctx, by)
	if err != nil {
		return a.ended(ctx, err)
	}
	return a.DB.Bulk.EndRun(ctx, a.run, answer.text(), says)
}

// ended notes why a run did not get there where that is nobody's fault. Another error is tried again.
func (a *at) ended(ctx context.Context, err error) error {
	switch {
	case errors.Is(err, bulkdb.ErrUnderWay):
		return a.DB.Bulk.WaitRun(ctx, a.run, waiting, a.Now().Add(putOff))
	case errors.Is(err, bulkdb.ErrBusy), errors.Is(err, bulkdb.ErrMoved):
		return a.DB.Bulk.EndRun(ctx, a.run, a.run.Answer, "Others changed the same things each time it was tried, so nothing was brought in. Try again.")
	}
	return err
}

// load brings in what was tried. It returns true where that would not be the same any more: then nothing was done.
func (a *at) load(ctx context.Context, by skein.By) (moved bool, err error) {
	answer := AnswerOf(a.run.Intake)
	known, err := Known(ctx, a.DB, a.Chooser, by.Day)
	if err != nil {
		return false, err
	}
	one, _ := join(a.run.Intake, &known) // whose rows were refused is left out
	if !slices.Equal(one, answer.One) {
		return true, nil
	}
	read, report, err := a.read(known, answer.without(), answer.Auto)
	if err != nil {
		return false, err
	}
	if !report.OK() {
		return true, nil
	}
	_, err = a.DB.Bulk.Import(ctx, by, read, bulkdb.ImportOptions{
		Practices: match.Practices(), Told: a.told, One: one, Judge: a.Chooser.Judge(),
		Of: &bulkdb.OfIntake{Run: a.run, Answer: answer.text(), Tried: answer.Loaded, Details: a.details(answer, read)},
	})
	var late bulkdb.StandsError
	var last bulkdb.LastAdministratorError
	if errors.Is(err, bulkdb.ErrDiffers) || errors.Is(err, bulkdb.ErrMoved) || errors.As(err, &late) || errors.As(err, &last) {
		return true, nil
	}
	return false, err
}

// details are what the log keeps besides what it keeps of every import.
func (a *at) details(answer Answer, read *folder.Folder) map[string]any {
	from := map[string]string{}
	for _, f := range read.Files {
		if f.Called != "" && f.Called != f.Name {
			from[f.Name] = f.Called
		}
	}
	left := map[[2]int]bool{}
	for _, row := range answer.Refused {
		left[[2]int{row.Part, row.Line}] = true
	}
	return map[string]any{"in_a_browser": true, "left_out": len(left), "handed_in_as": from}
}

// read reads the folder, without some lines of each part.
func (a *at) read(known folder.Known, without map[int]map[int]bool, auto map[int]map[string]map[string]string) (*folder.Folder, *exchange.Report, error) {
	charset, err := exchange.Encoded(a.run.Encoding)
	if err != nil {
		return nil, nil, err
	}
	var mappings []exchange.Mapping
	for n, part := range a.run.Parts {
		mappings = append(mappings, mapping(part, without[n], auto[n]))
	}
	if err := a.makeTeams(known.Closed); err != nil {
		return nil, nil, err
	}
	progress := func(file string, done, total int64) {
		if total > 0 {
			a.say(fmt.Sprintf("Reading %s: %d %%.", stem(file), done*100/total))
		}
	}
	read, report := exchange.Read(a.dir, known, progress, charset, limits(), exchange.Asking(), exchange.Telling(mostRefused), exchange.Mapped(mappings...))
	return read, report, nil
}

// told says how far the database has come.
func (a *at) told(s bulkdb.ImportStep) {
	what := map[string]string{"person": "people", "evidence": "what is said of skills"}[s.Table]
	switch {
	case s.Doing == bulkdb.Comparing:
		a.say("Comparing " + what + " with what is there.")
	case s.Doing == bulkdb.Sending && s.Rows > 0:
		a.say(fmt.Sprintf("Laying down %s: %d %%.", what, s.Done*100/s.Rows))
	default:
		a.say("Laying down " + what + ".")
	}
}
