package logdb

import (
	"context"

	"skein/internal/postgres/core"
)

// mayAlterSQL lists what would let a login change the log without leaving a trace in its chain. Not
// listed: the deleting of personal content, which serving needs for erasures, and which verifying counts.
const mayAlterSQL = `
select coalesce(array_agg(held.why order by held.place), '{}')
from pg_roles login
join pg_class log on log.oid = to_regclass('audit_event')
join pg_namespace space on space.oid = log.relnamespace
cross join lateral (values
	(1, login.rolsuper, 'it is a superuser'),
	(2, not login.rolsuper and login.rolcreaterole, 'it may make other logins and become them'),
	(3, not login.rolsuper and login.rolbypassrls, 'it passes by row security'),
	(4, not login.rolsuper and exists (
		select from pg_class part
		where part.relname in ('audit_event', 'audit_content', 'audit_head') and part.relnamespace = space.oid
			and pg_has_role(login.oid, part.relowner, 'member')
	), 'it owns the log, or may become the login that does'),
	(5, not login.rolsuper and pg_has_role(login.oid, space.nspowner, 'member'), 'it owns the schema that the log is in'),
	(6, not login.rolsuper and has_schema_privilege(login.oid, space.oid, 'create'),
		format('it may create things in the schema %I, where they could be taken for Skein''s (revoke create on schema %1$I from public)', space.nspname)),
	(7, not login.rolsuper and exists (
		select from pg_roles wide
		where wide.rolname in ('pg_write_all_data', 'pg_write_server_files', 'pg_execute_server_program')
			and pg_has_role(login.oid, wide.oid, 'member')
	), 'it may write all data, or the server''s files'),
	(8, not login.rolsuper and has_parameter_privilege(login.oid, 'session_replication_role', 'set'), 'it may switch triggers off'),
	(9, not login.rolsuper and (
		has_any_column_privilege(login.oid, log.oid, 'update') or has_table_privilege(login.oid, log.oid, 'delete, truncate, trigger')
		or has_any_column_privilege(login.oid, to_regclass('audit_content'), 'insert, update')
		or has_table_privilege(login.oid, to_regclass('audit_content'), 'truncate, trigger')
		or has_any_column_privilege(login.oid, to_regclass('audit_head'), 'insert, update')
		or has_table_privilege(login.oid, to_regclass('audit_head'), 'delete, truncate, trigger')
		or has_function_privilege(login.oid, to_regprocedure('audit_event_chain()'), 'execute')
	), 'it holds rights on the log''s tables beyond reading and adding')
) held (place, yes, why)
where login.rolname = coalesce(nullif($1, ''), current_user) and held.yes`

// MayAlter lists, in words that go on "it ...", what would let a login change the log without a trace;
// nothing for one that can only read and add. An empty login is the one that asks.
func MayAlter(ctx context.Context, on core.Querier, login string) ([]string, error) {
	return core.Value[[]string](ctx, on, mayAlterSQL, login)
}
