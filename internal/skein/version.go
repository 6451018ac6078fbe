package skein

import (
	"fmt"
	"hash/fnv"
	"time"
)

// ErrStale says that somebody changed a thing after it was read and before it was written: what was
// typed is kept, and the one who typed it decides.
var ErrStale error = Conflict{Why: "Somebody changed it meanwhile. Look at what it says now, and change it again."}

// Fresh is nil when what was read, by its version, is what stands now; else ErrStale. A page of the
// release before knows of no version: an empty one is let through, as that release did.
func Fresh(read, now string) error {
	if read == "" || read == now {
		return nil
	}
	return ErrStale
}

// versionOf names what a thing says. What says the same has the same version, so nothing has to be kept
// with the thing, and a change that was taken back stands in nobody's way.
func versionOf(parts ...any) string {
	sum := fnv.New64a()
	for _, part := range parts {
		fmt.Fprintf(sum, "%q ", fmt.Sprint(part)) // a hash takes everything
	}
	return fmt.Sprintf("%016x", sum.Sum64())
}

// Version names what a vision says.
func (v Vision) Version() string { return versionOf(v.Organisation, v.Vision, v.Purpose) }

// Version names what a priority says; its place has a version of its own, with all others'.
func (p Priority) Version() string {
	return versionOf(p.Title, p.Measure, p.Horizon, p.Weight, p.Owner)
}

// OrderVersion names an order of priorities.
func OrderVersion(order []PriorityID) string { return versionOf(order) }

// Version names what a guardrail says.
func (g Guardrail) Version() string {
	day := ""
	if !g.ReviewOn.IsZero() {
		day = g.ReviewOn.Format("2006-01-02")
	}
	return versionOf(g.Kind, g.Number, g.Reason, g.Owner, day)
}

// Version names what a circle itself says of how leads rotate in it.
func (c Circle) Version() string {
	if c.Rotation == nil {
		return versionOf("as above")
	}
	return versionOf(*c.Rotation)
}

// ShownVersion names what somebody was shown of what an act would do, before they do it.
func ShownVersion(parts ...any) string { return versionOf(parts...) }

// WordVersion names what an organisation calls a circle and several.
func (o Organisation) WordVersion() string { return versionOf(o.CircleWord, o.Circles()) }

// KeptVersion names what is kept of a person beside their name and what they say themselves.
func (p Person) KeptVersion() string {
	hours := -1.0
	if p.HoursPerWeek != nil {
		hours = *p.HoursPerWeek
	}
	return versionOf(p.Circle, p.Manager, hours, p.ActiveFrom.Format(time.DateOnly), p.ActiveUntil.Format(time.DateOnly))
}
