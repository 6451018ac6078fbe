package jobs

import (
	"context"
	"time"
)

// sweep removes some of what was kept long enough: once a minute, and with every tick while there is more.
func (c *Clock) sweep(ctx context.Context, now time.Time) error {
	minute := now.Truncate(time.Minute)
	if minute.Equal(c.swept) {
		return nil
	}
	more, err := c.cfg.DB.Keep.Tick(ctx, now)
	if err == nil && !more {
		c.swept = minute
	}
	return err
}
