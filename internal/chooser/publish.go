package chooser

import (
	"context"
	"encoding/json"

	"skein/internal/match"
	"skein/internal/skein"
)

// Publish changes the trust table that holds now and publishes the result, with the rotation of
// whoever chooses none; it returns how many circles keep one that they chose. What is out of range is refused as a whole.
func (c *Chooser) Publish(ctx context.Context, by skein.By, rotation float64, why string, change func(*match.TrustTable)) (chosen int, err error) {
	tables, err := c.db.Facts.Policy(ctx)
	if err != nil {
		return 0, err
	}
	policy, err := PolicyOf(tables)
	if err != nil {
		return 0, err
	}
	change(&policy.Trust)
	if err := policy.Check(); err != nil {
		return 0, err
	}
	known := tables.Version
	if tables.Lens, err = json.Marshal(policy.Lens); err != nil {
		return 0, err
	}
	if tables.Trust, err = json.Marshal(policy.Trust); err != nil {
		return 0, err
	}
	return c.db.Gameboard.PublishPolicy(ctx, by, known, tables, rotation, why)
}
