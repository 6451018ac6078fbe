package maildb

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	doordb "skein/internal/postgres/door"
	homedb "skein/internal/postgres/home"
	"skein/internal/skein"
)

// longest is how late a digest may be.
const longest = 24 * time.Hour

// turnedDownFor is for how long a mail is tried again that the server says it will never take: it may be set up anew.
// Without an end one such mail would make the whole server count as failing.
const turnedDownFor = 5 * 24 * time.Hour

// heldSays is why a mail waits that was made before mail was switched off.
const heldSays = "Skein sends no mail now."

// waiting is a mail that was neither sent nor dropped.
type waiting struct {
	ID      string
	Notice  string
	Week    skein.Date
	Door    core.DoorKind
	Link    string
	Address string
	MadeAt  time.Time
	Tries   int
}

const waitingSQL = `
select id::text as id, coalesce(notice_id::text, '') as notice, week,
	coalesce(door, '') as door, coalesce(link_id::text, '') as link, coalesce(address, '') as address, made_at, tries
from mail
where person_id = $1 and sent_at is null and dropped_at is null
order by mail.id
for update`

// Deliver looks once more whether a mail is to be sent, lets send hand it to a mail server, and notes in the same
// transaction that it was sent. Meanwhile nobody else sends this person anything. What is settled is dropped, and
// so is a mail to an address that the server refuses (RefusedError). So is one of which send says ErrNothing. Any other
// failure of send is a FailedError: the mail waits. Notices that are one go out as one.
func (db *Store) Deliver(ctx context.Context, now time.Time, id string, send func(context.Context, Letter) error) error {
	var failed *FailedError
	err := pgx.BeginFunc(ctx, db.pool, func(tx pgx.Tx) error {
		l, mails, why, err := prepared(ctx, tx, now, id)
		if err != nil || len(mails) == 0 {
			return err
		}
		if why != "" {
			return drop(ctx, tx, now, mails, why)
		}
		may, err := core.Value[bool](ctx, tx, `select `+core.MayMail)
		if err != nil {
			return err
		}
		if !may {
			failed = &FailedError{heldSays, l.Tries + 1}
			return *failed
		}
		err = send(ctx, l)
		if errors.Is(err, ErrNothing) {
			return drop(ctx, tx, now, mails, "nothing")
		}
		if refused, ok := errors.AsType[RefusedError](err); ok {
			return refuse(ctx, tx, now, l, mails, refused)
		}
		if _, no := errors.AsType[TurnedDownError](err); no && now.Sub(l.MadeAt) > turnedDownFor {
			return errors.Join(drop(ctx, tx, now, mails, "refused"), works(ctx, tx, now))
		}
		if err != nil {
			failed = &FailedError{err.Error(), l.Tries + 1}
			return *failed
		}
		return sent(ctx, tx, now, l, mails)
	})
	if failed == nil {
		return core.Translate(err)
	}
	return errors.Join(*failed, db.failed(context.WithoutCancel(ctx), now, id, *failed))
}

// prepared locks all that waits to be mailed to whom a mail is for, so that two servers send no two of one bundle, and
// reads what it is to say. It returns the mails that are one with it, none where it was sent or dropped before,
// and why it is not to be sent.
func prepared(ctx context.Context, tx pgx.Tx, now time.Time, id string) (l Letter, mails []string, why string, err error) {
	person, err := core.Value[skein.PersonID](ctx, tx, `select person_id from mail where id = $1`, id)
	if errors.Is(err, pgx.ErrNoRows) {
		return l, nil, "", nil // whom it was for, or what it told of, is gone
	}
	if err != nil {
		return l, nil, "", err
	}
	all, err := core.All[waiting](ctx, tx, waitingSQL, person)
	if err != nil {
		return l, nil, "", err
	}
	at := slices.IndexFunc(all, func(w waiting) bool { return w.ID == id })
	if at < 0 {
		return l, nil, "", nil
	}
	l = Letter{ID: id, Tries: all[at].Tries, MadeAt: all[at].MadeAt}
	if l.Viewer, err = doordb.New(tx).Viewer(ctx, person); err != nil {
		return l, nil, "", err
	}
	if all[at].Door != "" {
		why, err = l.readDoor(ctx, tx, now, person, all[at])
		return l, []string{id}, why, err
	}
	l.Email = l.Viewer.Person.Email
	if l.Key, err = core.Value[string](ctx, tx, `select log_key from person where id = $1`, person); err != nil {
		return l, nil, "", err
	}
	if why, err = unwanted(ctx, tx, now, l, all[at]); err != nil || why != "" {
		return l, []string{id}, why, err
	}
	if all[at].Notice == "" {
		why, err = l.readWeek(ctx, tx, now, all[at])
		return l, []string{id}, why, err
	}
	mails, why, err = l.readNotice(ctx, tx, now, all[at], all)
	return l, mails, why, err
}

// unwanted tells why somebody gets no such mail any more.
func unwanted(ctx context.Context, tx pgx.Tx, now time.Time, l Letter, w waiting) (why string, err error) {
	why, err = core.Value[string](ctx, tx, `
		select case
				when not `+core.ActiveToday+` or account.signed_in_at is null then 'closed'
				when not case when @weekly then account.mail_weekly else account.mail_at_once end then 'off'
				when not `+core.MailedTo("@now")+` then 'refused'
				else ''
			end
		from account
		join person on person.id = account.person_id
		where account.person_id = @me`, pgx.NamedArgs{
		"me": l.Viewer.Person.ID, "weekly": w.Notice == "", "now": now, "today": skein.Day(now.In(l.Viewer.Organisation.Location())),
	})
	if errors.Is(err, pgx.ErrNoRows) {
		return "closed", nil
	}
	return why, err
}

// readNotice reads what a notice says, and those that are one with it.
func (l *Letter) readNotice(ctx context.Context, tx pgx.Tx, now time.Time, w waiting, all []waiting) (mails []string, why string, err error) {
	ids := make([]string, len(all))
	for i, other := range all {
		ids[i] = other.ID
	}
	rows, err := core.All[waitingNotice](ctx, tx, `
		select mail.id::text as mail, notice.id::text as notice
		from mail
		join notice on notice.id = mail.notice_id
		where mail.id = any ($1::text[]::uuid[])
			and `+core.NoticeBundle+` = (select `+core.NoticeBundle+` from notice where notice.id = $2::text::uuid)
		order by mail.id`, ids, w.Notice)
	if err != nil {
		return nil, "", err
	}
	notices := make([]string, len(rows))
	for i, row := range rows {
		mails, notices[i] = append(mails, row.Mail), row.Notice
	}
	told, err := homedb.Told(ctx, tx, notices)
	if err == nil && len(told) != 1 {
		err = fmt.Errorf("mail %s tells of %d notices", w.ID, len(told))
	}
	if err != nil {
		return mails, "", err
	}
	l.Notice = &told[0]
	switch {
	case l.Notice.Since != "":
		return mails, "settled", nil
	case !l.Notice.By.IsZero() && l.Notice.By.Before(now):
		return mails, "late", nil
	}
	return mails, "", l.readLead(ctx, tx)
}

type waitingNotice struct{ Mail, Notice string }

// readLead reads what is said of the project.
func (l *Letter) readLead(ctx context.Context, tx pgx.Tx) error {
	n := l.Notice
	if n.Project == "" || n.Projects > 1 {
		return nil
	}
	purpose, err := core.Value[string](ctx, tx, `select purpose from project where id = $1`, n.Project)
	if err != nil {
		return err
	}
	l.Lead = &Lead{Purpose: purpose}
	if n.Kind != skein.NoticeOffer {
		return nil
	}
	l.Lead.Gets, err = core.All[Get](ctx, tx, `
		select `+core.NeedSaid+` as need, need.granted_at is not null as granted,
			coalesce(granter.name, asked.name, '') as by,
			case when `+core.NeedAsked+` then need.answer_by end as answer_by
		from need
		left join person granter on granter.id = need.granted_by
		left join person asked on asked.id = need.asked_of and `+core.NeedAsked+`
		where need.project_id = $1
			and need.waived_at is null
			and (need.claim_id is null or need.claim_id = nullif($2, '')::uuid)
		order by need.id`, n.Project, string(n.Claim))
	return err
}

// readWeek reads what a digest says.
func (l *Letter) readWeek(ctx context.Context, tx pgx.Tx, now time.Time, w waiting) (why string, err error) {
	zone := skein.ZoneOr(l.Viewer.Person.TimeZone, l.Viewer.Organisation.Location())
	if now.After(monday(w.Week, zone).Add(longest)) {
		return "late", nil
	}
	l.Week = &Week{Monday: w.Week}
	// From the last one on that was sent, or had nothing to tell. One that was dropped for another reason told of nothing.
	l.Week.Since, err = core.Value[time.Time](ctx, tx, `
		select coalesce(
			max(coalesce(sent_at, dropped_at)) filter (where sent_at is not null or dropped = 'nothing'),
			min(made_at) - interval '7 days',
			$2::timestamptz - interval '7 days')
		from mail
		where person_id = $1 and week is not null`, l.Viewer.Person.ID, now)
	if err != nil {
		return "", err
	}
	l.Week.Home, err = homedb.New(tx).Home(ctx, homedb.HomeQuery{
		Person: l.Viewer.Person.ID, Circles: l.Viewer.Stewards, Now: now, Today: l.Viewer.Organisation.AsOf(now),
	})
	if err != nil {
		return "", err
	}
	ids, err := core.Values[string](ctx, tx, `
		select notice.id::text
		from notice
		where notice.person_id = $1
			and notice.seen_at is null
			and notice.made_at <= $2
			and notice.made_at > $3
			and (notice.kind, notice.code) not in (`+core.AtOnce+`)
			and not (notice.kind = $4 and exists ( -- nobody leads it now who was told of before it ended
				select from notice later
				where later.person_id = notice.person_id and later.project_id = notice.project_id and later.kind = $5
					and (later.made_at, later.id) > (notice.made_at, notice.id)
			))
		order by notice.made_at desc
		limit 100`, l.Viewer.Person.ID, now, l.Week.Since, string(skein.NoticeLed), string(skein.NoticeEnded))
	if err != nil {
		return "", err
	}
	l.Week.Moved, err = homedb.Told(ctx, tx, ids)
	return "", err
}
