package doordb

import (
	"context"

	"skein/internal/postgres/core"
	gameboarddb "skein/internal/postgres/gameboard"
	"skein/internal/skein"
)

// Viewer is who looks, and at whose Skein: all that a request needs to know before it begins.
type Viewer struct {
	// Account is false for somebody not signed in: then only the organisation is known.
	Account bool
	Epoch   int
	Person  skein.Person
	Hats    []skein.Hat
	// Stewards lists every circle that the person is a steward of, those within them included.
	Stewards []skein.CircleID
	Unread   int // notices not seen yet
	// Demanded is true where they must show a second step, today; Passkey, where they have a passkey, whether or not it
	// opens anything still.
	Demanded, Passkey bool
	PasskeyHosts      []string // the sites at which one of theirs answers
	Organisation      skein.Organisation
}

// Viewer returns what is known of a person with an account, or of nobody when person is empty,
// together with the organisation. It is one round trip, and every page makes it.
func (db *Store) Viewer(ctx context.Context, person skein.PersonID) (Viewer, error) {
	row, err := core.One[viewerRow](ctx, db.pool, `
		with recursive own as (
			select kind, circle_id from hat where person_id = $1
		), under as (
			select circle_id as id from own where kind = 'steward'
			union
			select circle.id from circle join under on circle.parent_id = under.id
		)
		select
			account.person_id is not null as account,
			coalesce(account.epoch, 0) as epoch,
			coalesce(person.id, '') as id,
			coalesce(person.name, '') as name,
			coalesce(account.email, '') as email,
			coalesce(person.circle_id, '') as circle,
			coalesce(person.manager_id, '') as manager,
			person.hours_per_week,
			coalesce(person.about, '') as about,
			person.active_from, person.active_until, person.deactivated_at as deactivated, `+core.ReadHowAt+` as read_how_at, person.welcomed_at,
			coalesce(person.time_zone, '') as time_zone,
			array(select kind from own order by kind, circle_id)::text[] as hat_kinds,
			array(select coalesce(circle_id, '') from own order by kind, circle_id)::text[] as hat_circles,
			`+core.UnseenNotices("$1")+` as unread,
			array(select id from under)::text[] as stewards,
			coalesce((select second_step from sign_in_rule), false) and exists (select from own where kind in ('administrator', 'executive')) as demanded,
			exists (select from passkey where passkey.person_id = $1) as passkey,
			array(select distinct host from passkey where passkey.person_id = $1 and copied_at is null) as passkey_hosts,
			`+gameboarddb.OrganisationColumns+`
		from organisation
		left join account on account.person_id = $1
		left join person on person.id = account.person_id`, string(person))
	if err != nil {
		return Viewer{}, core.Translate(err)
	}
	return row.viewer(), nil
}

// viewerRow is a viewer as SQL says it.
type viewerRow struct {
	gameboarddb.OrganisationRow
	skein.Person
	Account    bool
	Epoch      int
	HatKinds   []skein.HatKind
	HatCircles []skein.CircleID
	Stewards   []skein.CircleID
	Unread     int
	Demanded   bool
	Passkey    bool

	PasskeyHosts []string
}

func (r viewerRow) viewer() Viewer {
	v := Viewer{
		Account: r.Account, Epoch: r.Epoch, Person: r.Person, Stewards: r.Stewards, Unread: r.Unread,
		Demanded: r.Demanded, Passkey: r.Passkey, PasskeyHosts: r.PasskeyHosts,
		Organisation: r.Organisation(),
	}
	for i, kind := range r.HatKinds {
		v.Hats = append(v.Hats, skein.Hat{Kind: kind, Circle: r.HatCircles[i]})
	}
	return v
}
