package doordb

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// AccessQuery asks who may come in.
type AccessQuery struct {
	Words string // in the name, or the beginning of the e-mail address
	Show  string // "", or one of hats, steward, executive, administrator, without, left
	// After is the last of the page before: the list goes on behind it.
	AfterName string
	AfterID   skein.PersonID
	Limit     int
}

// AccessRow is one person in the list of who may come in.
type AccessRow struct {
	ID          skein.PersonID
	Name        string
	SortName    string // as the list is sorted: without case and accents
	Circle      string // the name of their circle
	Email       string // with which they sign in; empty without an account
	Deactivated *time.Time
	Hats        []NamedHat
}

// Access lists people and their hats by name. It returns one row more than the limit when more
// follow.
func (db *Store) Access(ctx context.Context, q AccessQuery) ([]AccessRow, error) {
	found, err := core.All[AccessRow](ctx, db.pool, `
		select person.id, person.name, folded(person.name) as sort_name,
			coalesce(circle.name, '') as circle,
			coalesce(account.email, '') as email,
			person.deactivated_at as deactivated,
			`+hatsOf+` as hats
		from person
		left join account on account.person_id = person.id
		left join circle on circle.id = person.circle_id
		where (folded(person.name), person.id) > ($1, $2)
			and ($3 = '' or position(folded($3) in folded(person.name)) > 0 or name_words(person.name) @@ to_tsquery('simple', folded($6)) or starts_with(lower(coalesce(account.email, person.email, '')), lower($3)))
			and case $4
				when '' then person.deactivated_at is null
				when 'left' then person.deactivated_at is not null
				when 'without' then person.deactivated_at is null and account.person_id is null
				else person.deactivated_at is null and exists (
					select from hat where hat.person_id = person.id and ($4 = 'hats' or hat.kind = $4)
				)
			end
		order by folded(person.name), person.id
		limit $5`, q.AfterName, q.AfterID, q.Words, q.Show, q.Limit+1, core.Prefixes(q.Words))
	return found, core.Translate(err)
}

// PersonAccess is what an administrator sees of one person.
type PersonAccess struct {
	AccessRow
	OwnEmail   string // of the person, whether or not they sign in with it
	SignedInAt *time.Time
	InvitedTo  *time.Time // until when a link of theirs is good
	Attributes map[string]any
	Holds      []Holding
	Circles    []skein.Circle // that they may be a steward of
}

// Holding is a place in a project that would need somebody else if its holder left.
type Holding struct {
	Project  skein.ProjectID
	Title    string
	Role     skein.Role
	State    skein.TermState
	EndsOn   *time.Time
	StartsOn *time.Time // it begins on a day to come
}

// PersonAccess returns what an administrator sees of one person, in one round trip.
func (db *Store) PersonAccess(ctx context.Context, id skein.PersonID, now time.Time) (PersonAccess, error) {
	var p PersonAccess
	batch := &pgx.Batch{}
	batch.Queue(`
		select person.id, person.name, coalesce(circle.name, ''), coalesce(account.email, ''), person.deactivated_at,
			`+hatsOf+`, coalesce(person.email, ''),
			greatest( -- by an invitation's link, and as a demo's, nobody signs in, and all the same they came in
				account.signed_in_at,
				(select max(used_at) from invitation where person_id = person.id),
				(select max(made_at) from sessions where person_id = person.id)
			),
			person.attributes,
			(select max(expires_at) from invitation where person_id = person.id and used_at is null and expires_at > $2)
		from person
		left join account on account.person_id = person.id
		left join circle on circle.id = person.circle_id
		where person.id = $1`, id, now,
	).QueryRow(func(row pgx.Row) error {
		return row.Scan(&p.ID, &p.Name, &p.Circle, &p.Email, &p.Deactivated, &p.Hats, &p.OwnEmail, &p.SignedInAt, &p.Attributes, &p.InvitedTo)
	})
	core.Collect(batch, &p.Holds, `
		select project.id as project, project.title, term.role, term.state, term.ends_on, term.starts_on
		from term
		join project on project.id = term.project_id
		where term.person_id = $1 and term.state in `+core.TermCounts+`
		order by term.role desc, folded(project.title), project.id`, id,
	)
	batch.Queue(`select id, name from circle order by folded(name), id`).Query(func(rows pgx.Rows) (err error) {
		p.Circles, err = pgx.CollectRows(rows, pgx.RowToStructByNameLax[skein.Circle])
		return err
	})
	return p, core.Translate(db.pool.SendBatch(ctx, batch).Close())
}
