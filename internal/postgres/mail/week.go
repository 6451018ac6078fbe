package maildb

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// The digest goes out on Mondays from this hour on, where whoever gets it is.
const mondayHour = 7

// atATime is how many digests are made in one transaction.
const atATime = 200

// monday is when the digest of a week is due in a zone.
func monday(week skein.Date, zone *time.Location) time.Time {
	year, month, day := week.Date()
	return time.Date(year, month, day, mondayHour, 0, 0, 0, zone)
}

// due is the week whose digest goes out now in a zone; false where it is not the time.
func due(now time.Time, zone *time.Location) (week skein.Date, is bool) {
	local := now.In(zone)
	for _, day := range []time.Time{local, local.AddDate(0, 0, -1)} { // yesterday's is still due before seven
		week = skein.Day(day)
		if at := monday(week, zone); week.Weekday() == time.Monday && !now.Before(at) && now.Before(at.Add(longest)) {
			return week, true
		}
	}
	return skein.Date{}, false
}

// Weeks makes the digests that are due, one a person and week, and their jobs.
func (db *Store) Weeks(ctx context.Context, now time.Time) error {
	zones, err := core.Values[string](ctx, db.pool, `
		select distinct coalesce(nullif(person.time_zone, ''), organisation.zone)
		from organisation
		left join person on true
		where `+core.MayMail)
	if err != nil {
		return err
	}
	weeks := map[skein.Date][]string{}
	for _, name := range zones {
		if week, is := due(now, skein.ZoneOr(name, time.UTC)); is {
			weeks[week] = append(weeks[week], name)
		}
	}
	for week, names := range weeks {
		for {
			made, err := db.week(ctx, now, week, names)
			if err != nil {
				return err
			}
			if made < atATime {
				break
			}
		}
	}
	return nil
}

// week makes some of the digests of a week in zones. Two servers that do so at once make each once.
func (db *Store) week(ctx context.Context, now time.Time, week skein.Date, zones []string) (made int, err error) {
	err = pgx.BeginFunc(ctx, db.pool, func(tx pgx.Tx) error {
		mails, err := core.Values[string](ctx, tx, `
			insert into mail (person_id, week, made_at)
			select person.id, $1, $2
			from person
			cross join organisation
			join account on account.person_id = person.id
			where account.mail_weekly
				and `+core.MailedTo("$2")+`
				and coalesce(nullif(person.time_zone, ''), organisation.zone) = any ($3)
				and not exists (select from mail where mail.person_id = person.id and mail.week = $1)
				and `+core.MayMail+`
			order by person.id
			limit $4
			on conflict (person_id, week) do nothing
			returning id::text`, week, now, zones, atATime)
		if err != nil {
			return err
		}
		made = len(mails)
		return core.QueueMail(ctx, tx, mails, 0)
	})
	return made, err
}
