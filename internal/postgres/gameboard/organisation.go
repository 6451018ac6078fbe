package gameboarddb

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// OrganisationColumns reads the organisation, each column named so that it can stand beside others.
const OrganisationColumns = `
			organisation.name as organisation_name,
			organisation.vision as organisation_vision,
			organisation.purpose as organisation_purpose,
			organisation.circle_word,
			organisation.circle_words,
			organisation.zone,
			organisation.currency,
			organisation.demo,
			extract(epoch from organisation.clock_offset)::float8 as clock_offset,
			organisation.window_hours,
			organisation.confirm_hours,
			organisation.answer_hours,
			organisation.needs_hours,
			organisation.confirm_weighed,
			organisation.vision_changed_at,
			organisation.setup_away_at,
			organisation.restored_at,
			` + core.MayMail + ` as mails`

// OrganisationRow is what OrganisationColumns reads.
type OrganisationRow struct {
	OrganisationName    string
	OrganisationVision  string
	OrganisationPurpose string
	CircleWord          string
	CircleWords         string
	Zone                string
	Currency            string
	Demo                bool
	ClockOffset         float64
	WindowHours         int
	ConfirmHours        int
	AnswerHours         int
	NeedsHours          int
	ConfirmWeighed      bool
	VisionChangedAt     time.Time
	SetupAwayAt         time.Time
	RestoredAt          time.Time
	Mails               bool
}

// Organisation is the row as everybody else knows it.
func (r OrganisationRow) Organisation() skein.Organisation {
	return skein.Organisation{
		Name: r.OrganisationName, Vision: r.OrganisationVision, Purpose: r.OrganisationPurpose,
		CircleWord: r.CircleWord, CircleWords: r.CircleWords, TimeZone: r.Zone, Currency: r.Currency, Demo: r.Demo,
		ClockOffset: time.Duration(r.ClockOffset * float64(time.Second)),
		WindowHours: r.WindowHours, ConfirmHours: r.ConfirmHours, AnswerHours: r.AnswerHours, NeedsHours: r.NeedsHours,
		ConfirmWeighed: r.ConfirmWeighed, VisionChanged: r.VisionChangedAt, SetupAway: !r.SetupAwayAt.IsZero(),
		Restored: r.RestoredAt, Mails: r.Mails,
	}
}

// Organisation returns whose Skein this is.
func (db *Store) Organisation(ctx context.Context) (skein.Organisation, error) {
	row, err := core.One[OrganisationRow](ctx, db.pool, `select`+OrganisationColumns+` from organisation`)
	if err != nil {
		return skein.Organisation{}, core.Translate(err)
	}
	return row.Organisation(), nil
}

// SetZone changes the time zone in which the organisation's days begin, from the one that was read.
func (db *Store) SetZone(ctx context.Context, by skein.By, read, zone string) error {
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		was, err := core.Value[string](ctx, tx, `select zone from organisation for update`)
		if err != nil {
			return nil, err
		}
		if err := skein.Fresh(read, was); err != nil && zone != was {
			return nil, err
		}
		if err := skein.CheckZone(zone); err != nil || zone == was {
			return nil, err
		}
		_, err = tx.Exec(ctx, `update organisation set zone = $1`, zone)
		return []skein.Event{{
			Action: "organisation.zone", Noun: "organisation", NounID: "organisation",
			Details: map[string]any{"zone": zone, "was": was},
		}}, err
	})
}

// SetCurrency changes what stands before a sum of money, from what was read. Sums stay the numbers that they are.
func (db *Store) SetCurrency(ctx context.Context, by skein.By, read, currency string) error {
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		was, err := core.Value[string](ctx, tx, `select currency from organisation for update`)
		if err != nil {
			return nil, err
		}
		if err := skein.Fresh(read, was); err != nil && currency != was {
			return nil, err
		}
		if err := skein.CheckCurrency(currency); err != nil || currency == was {
			return nil, err
		}
		_, err = tx.Exec(ctx, `update organisation set currency = $1`, currency)
		return []skein.Event{{
			Action: "organisation.currency", Noun: "organisation", NounID: "organisation",
			Details: map[string]any{"currency": currency, "was": was},
		}}, err
	})
}

// PutSetupAway takes the list out of the navigation, or brings it back. Twice is once.
func (db *Store) PutSetupAway(ctx context.Context, by skein.By, away bool) error {
	action := "setup.back"
	if away {
		action = "setup.away"
	}
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		tag, err := tx.Exec(ctx, `
			update organisation
			set setup_away_at = case when $1 then $2::timestamptz end
			where (setup_away_at is not null) <> $1`, away, by.At)
		if err != nil || tag.RowsAffected() == 0 {
			return nil, err
		}
		return []skein.Event{{
			Action: action, Noun: "organisation", NounID: "organisation",
		}}, nil
	})
}
