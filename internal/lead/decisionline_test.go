package lead_test

import (
	"testing"

	"skein/internal/skein"
)

// A draft is asked by what is decided there on that day, however it was drafted.
func TestADraftIsAskedByTheLineOfThatDay(t *testing.T) {
	t.Parallel()
	w := deciding(t)
	id := w.opened("Are hosepipes next?", "the river")
	w.remit = []skein.Remit{{Area: "the river", Level: skein.ByAgreement, WithWhom: "Treatment"}}
	w.must(noor, askAdvice(id, skein.Date{}, lee))
	if d := w.decision(id); d.Level() != skein.ByAgreement {
		t.Errorf("%+v", d.Line)
	}
	w.remit = []skein.Remit{{Area: "the river", Level: skein.DecideAlone}}
	w.must(noor, askAdvice(id, skein.Date{}, mia)) // what is asked stays what it was
	if d := w.decision(id); d.Level() != skein.ByAgreement {
		t.Errorf("%+v", d.Line)
	}
	w.forget()
	gone := w.opened("And then?", "the river")
	w.remit = []skein.Remit{{Area: "the sea", Level: skein.DecideAlone}}
	w.refused(t, "refused", noor, askAdvice(gone, skein.Date{}, lee))
}
