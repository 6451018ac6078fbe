package logdb

import (
	"context"

	"skein/internal/postgres/core"
)

// mayAlterSQL lists what would let a login change the log without leaving a trace in its chain: by
// itself, or as a login that it may become. Not listed: the deleting of personal content, which serving
// needs for erasures, and which verifying counts.
const mayAlterSQL = `
with login as (
	select oid, rolsuper from pg_roles where rolname = coalesce(nullif($1, ''), current_user)
), become as (
	select role.oid, role.rolsuper, role.rolcreaterole, role.rolbypassrls, role.rolname
	from pg_roles role
	join login on role.oid = login.oid or not login.rolsuper and pg_has_role(login.oid, role.oid, 'member')
), log as (
	select event.oid as event, content.oid as content, head.oid as head, space.oid as space, space.nspname as schema,
		array[event.relowner, content.relowner, head.relowner] as owners, space.nspowner as space_owner
	from pg_class event
	join pg_namespace space on space.oid = event.relnamespace
	join pg_class content on content.oid = to_regclass('audit_content')
	join pg_class head on head.oid = to_regclass('audit_head')
	where event.oid = to_regclass('audit_event')
), held (place, why) as (
	select 1, 'it is a superuser, or may become one' from become where rolsuper
	union
	select 2, 'it may make other logins and become them' from become where not rolsuper and rolcreaterole
	union
	select 3, 'it passes by row security' from become where not rolsuper and rolbypassrls
	union
	select 4, 'it owns the log, or may become the login that does' from become join log on become.oid = any (log.owners)
	union
	select 5, 'it owns the schema that the log is in' from login join log on pg_has_role(login.oid, log.space_owner, 'member') where not rolsuper
	union
	select 6, format('it may create things in the schema %I, where they could be taken for Skein''s (revoke create on schema %1$I from public)', log.schema)
	from become join log on has_schema_privilege(become.oid, log.space, 'create')
	where not rolsuper
	union
	select 7, 'it may write all data, or the server''s files'
	from become
	where rolname in ('pg_write_all_data', 'pg_write_server_files', 'pg_execute_server_program')
	union
	select 8, 'it may switch triggers off' from become where not rolsuper and has_parameter_privilege(oid, 'session_replication_role', 'set')
	union
	select 9, 'it holds rights on the log''s tables beyond reading and adding'
	from become
	join log on has_any_column_privilege(become.oid, log.event, 'update') or has_table_privilege(become.oid, log.event, 'delete, truncate, trigger')
		or has_any_column_privilege(become.oid, log.content, 'insert, update') or has_table_privilege(become.oid, log.content, 'truncate, trigger')
		or has_any_column_privilege(become.oid, log.head, 'insert, update') or has_table_privilege(become.oid, log.head, 'delete, truncate, trigger')
		or has_function_privilege(become.oid, to_regprocedure('audit_event_chain()'), 'execute')
	where not rolsuper
)
select coalesce(array_agg(why order by place), '{}')
from held`

// MayAlter lists, in words that go on "it ...", what would let a login change the log without a trace;
// nothing for one that can only read and add. An empty login is the one that asks.
func MayAlter(ctx context.Context, on core.Querier, login string) ([]string, error) {
	return core.Value[[]string](ctx, on, mayAlterSQL, login)
}
