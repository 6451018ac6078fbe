package lead

import (
	"slices"
	"time"

	"skein/internal/skein"
)

// tellMoving tells whoever looks after a circle that must move with the project from now on, or does not any more; was
// are those that did before. A draft is nobody else's to know of.
func (l *Lead) tellMoving(by skein.By, was []skein.CircleID) error {
	if l.Project.State == skein.Draft {
		return nil
	}
	for _, c := range l.Further {
		if !slices.Contains(was, c) {
			if err := l.tellStewards(by, c, skein.CodeAdded); err != nil {
				return err
			}
		}
	}
	for _, c := range was {
		if !slices.Contains(l.Further, c) && c != l.Project.Circle { // its own moves in any case
			if err := l.tellStewards(by, c, skein.CodeDropped); err != nil {
				return err
			}
		}
	}
	return nil
}

// TellMoved tells of the circles that must move with the project, beside its own, since a file or the close of a circle has
// changed them; was are those that had to before.
func (l *Lead) TellMoved(by skein.By, was []skein.CircleID) error {
	if l.Project.State.Over() {
		return nil
	}
	return l.tellMoving(by, was)
}

// tellStewards tells the stewards of a circle, or the nearest above.
func (l *Lead) tellStewards(by skein.By, c skein.CircleID, code skein.NoticeCode) error {
	stewards, err := l.port.Stewards(c)
	if err != nil {
		return err
	}
	l.tellOthers(by, nearestOf(stewards), skein.Notice{
		Kind: skein.NoticeCircle, Code: code, Who: by.Person, Circle: c,
		About: string(code) + ":" + string(c) + ":" + string(l.Project.ID) + ":" + by.At.UTC().Format(time.RFC3339Nano),
	})
	return nil
}
