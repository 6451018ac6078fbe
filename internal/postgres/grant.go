package postgres

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"skein/internal/postgres/core"
	logdb "skein/internal/postgres/log"
)

// RefusedLoginError says why a login gets no rights: each of Why goes on "it ...".
type RefusedLoginError struct {
	Login string
	Why   []string
}

func (e RefusedLoginError) Error() string {
	return fmt.Sprintf("%s gets nothing, because it could alter the log: %s", e.Login, strings.Join(e.Why, "; "))
}

// Grant gives a login what `serve` needs: reading and writing everywhere, but of the log only reading
// and adding, and nothing that alters a table. It takes back what else the login held on Skein's
// tables. url is the owner's. A login that could alter the log all the same is a RefusedLoginError, and
// nothing is changed.
func Grant(ctx context.Context, url, login string, say ...func(line string)) error {
	return underLock(ctx, url, say, func(pool *pgxpool.Pool) error {
		status, err := MigrateStatus(ctx, pool)
		if err != nil {
			return err
		}
		if !status.Current() {
			return fmt.Errorf("the schema is at step %d of %d: run skein migrate up first", status.Version, status.Latest)
		}
		return pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error { return grant(ctx, tx, login) })
	})
}

// Prepare brings the schema up to date and gives a login what it lacks, each where that is to be done:
// it is quick where nothing is. url is the owner's.
func Prepare(ctx context.Context, url, login string, say ...func(line string)) error {
	pool, err := Connect(ctx, url)
	if err != nil {
		return err
	}
	defer pool.Close()
	status, err := MigrateStatus(ctx, pool)
	if err != nil {
		return err
	}
	if !status.Current() {
		if err := MigrateUp(ctx, url, say...); err != nil {
			return err
		}
	}
	lacks, err := Lacking(ctx, pool, login)
	if err != nil || !lacks {
		return err
	}
	return Grant(ctx, url, login, say...)
}

func grant(ctx context.Context, tx pgx.Tx, login string) error {
	there, err := core.Value[bool](ctx, tx, `select exists (select from pg_roles where rolname = $1 and rolcanlogin)`, login)
	if err != nil {
		return err
	}
	if !there {
		return fmt.Errorf("there is no login %s: make it first (create role ... login)", login)
	}
	if err := give(ctx, tx, login, true); err != nil {
		return err
	}
	why, err := logdb.MayAlter(ctx, tx, login)
	if err == nil && len(why) > 0 {
		err = RefusedLoginError{login, why}
	}
	return err
}

// grantAgain gives each login that serves, which is one that may add to the log, what steps taken since
// it got its rights have brought. A login that somebody lets read here gets nothing by it.
func grantAgain(ctx context.Context, pool *pgxpool.Pool) error {
	return pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
		logins, err := core.Values[string](ctx, tx, `
			select distinct login.rolname::text
			from pg_attribute action
			join pg_class log on log.oid = action.attrelid
			cross join lateral aclexplode(action.attacl) held
			join pg_roles login on login.oid = held.grantee
			where log.oid = to_regclass('audit_event') and action.attname = 'action'
				and held.privilege_type = 'INSERT' and held.grantee <> log.relowner
			order by 1`)
		if err != nil {
			return err
		}
		for _, login := range logins {
			if err := give(ctx, tx, login, false); err != nil {
				return err
			}
		}
		return nil
	})
}

// rightsSQL lists the statements that give a login what it lacks, table by table. Tables are those of
// the schema's owner: whatever else lies in the schema is nobody's business here.
const rightsSQL = `
with wanted (kind, name, held) as (
	select 'table', part.relname,
		case
			when part.relkind = 'v' then 'select'
			when part.relname in ('audit_event', 'audit_head', 'schema_migrations', 'river_migration') then 'select'
			when part.relname = 'audit_content' then 'select, delete'
			else 'select, insert, update, delete'
		end
	from pg_class part
	join pg_class log on log.oid = to_regclass('audit_event')
	where part.relnamespace = log.relnamespace and part.relowner = log.relowner and part.relkind in ('r', 'p', 'v')
	union all
	select 'sequence', part.relname, 'usage, select'
	from pg_class part
	join pg_class log on log.oid = to_regclass('audit_event')
	where part.relnamespace = log.relnamespace and part.relowner = log.relowner and part.relkind = 'S'
		and part.oid <> pg_get_serial_sequence('audit_event', 'id')::regclass
)
select format('grant %s on %s %I.%I to %I', held, kind, current_schema(), name, $1::text)
from wanted
cross join lateral unnest(string_to_array(held, ', ')) one
where $2 or not case kind
	when 'table' then has_table_privilege($1, format('%I.%I', current_schema(), name), one)
	else has_sequence_privilege($1, format('%I.%I', current_schema(), name), one)
end
group by kind, name, held
union all
select format('grant insert (at, actor_id, action, noun, noun_id, project_id, circle_id, details) on %I.audit_event to %I', current_schema(), $1::text)
where $2 or not has_any_column_privilege($1, 'audit_event', 'insert')
union all
select format('grant usage on schema %I to %I', current_schema(), $1::text)
where not has_schema_privilege($1, current_schema(), 'usage')
union all
select format('grant connect, temporary on database %I to %I', current_database(), $1::text)
where not has_database_privilege($1, current_database(), 'connect') or not has_database_privilege($1, current_database(), 'temporary')
order by 1`

// give grants what a login lacks; anew also takes back first whatever it holds.
func give(ctx context.Context, tx pgx.Tx, login string, anew bool) error {
	if anew {
		for _, kind := range []string{"tables", "sequences"} {
			sql := `select format('revoke all on all ` + kind + ` in schema %I from %I', current_schema(), $1::text)`
			if err := doAll(ctx, tx, sql, login); err != nil {
				return err
			}
		}
	}
	return doAll(ctx, tx, rightsSQL, login, anew)
}

// doAll runs the statements that a query lists.
func doAll(ctx context.Context, tx pgx.Tx, sql string, args ...any) error {
	statements, err := core.Values[string](ctx, tx, sql, args...)
	if err != nil {
		return err
	}
	for _, statement := range statements {
		if _, err := tx.Exec(ctx, statement); err != nil {
			return fmt.Errorf("%s: %w", statement, err)
		}
	}
	return nil
}

// Standing is what a login may do with the schema.
type Standing struct {
	Login string
	Owns  bool // it may migrate: the schema is its own, or there is none yet and it may make one
	Lacks bool // there is a schema, and it may not even read which
}

// StandingOf tells what the pool's login may do with the schema.
func StandingOf(ctx context.Context, pool *pgxpool.Pool) (Standing, error) {
	return core.One[Standing](ctx, pool, `
		select current_user::text as login,
			case when steps.oid is null then coalesce(has_schema_privilege(current_schema(), 'create'), false)
			else pg_has_role(steps.relowner, 'usage') end as owns,
			steps.oid is not null and not has_table_privilege(steps.oid, 'select') as lacks
		from (select to_regclass('schema_migrations') as name) there
		left join pg_class steps on steps.oid = there.name`)
}

// Lacking tells whether a login lacks any right that serving needs, in a schema that is up to date.
func Lacking(ctx context.Context, pool *pgxpool.Pool, login string) (bool, error) {
	there, err := core.Value[bool](ctx, pool, `select exists (select from pg_roles where rolname = $1)`, login)
	if err != nil || !there {
		return !there, err
	}
	missing, err := core.Values[string](ctx, pool, rightsSQL, login, false)
	return len(missing) > 0, err
}
