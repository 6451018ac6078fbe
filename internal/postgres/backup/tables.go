// Package backupdb carries a whole database into a backup, as of one moment, and out of one into an empty
// database, in one transaction.
package backupdb

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"skein/internal/backup"
	"skein/internal/postgres/core"
)

// kept are the tables that a backup holds.
var kept = []string{
	"absence", "account", "advice", "ask", "audit_content", "audit_event", "audit_head", "calendar_entry", "circle", "claim", "claim_window", "clock",
	"closed_circle", "column_meaning", "decision", "device", "dismissal", "email_alias", "erased", "erasure", "evidence", "further_circle", "group_role", "guardrail", "handover", "hat", "identity", "invite", "kept_form", "mail", "member", "need", "notice", "organisation", "outcome", "outcome_answer", "outcome_naming", "outcome_skill", "passkey", "person", "person_alias", "phase", "pick", "policy", "priority", "project", "project_link", "question", "read_how", "reconsideration", "recovery_code", "refusal", "remit", "remit_change", "removed", "requirement", "retention", "review", "secret", "sign_in_failure", "sign_in_refused", "sign_in_rule", "sign_in_wait", "skill", "skill_name", "skill_was", "stand_in", "step", "term", "week_word", "wish",
}

// leftOut are the other tables of Skein's, and why a backup goes without them. What begins with river_ is
// the job queue's, whose jobs the clock makes anew, and
// those of mails when a copy becomes the one that runs.
var leftOut = map[string]string{
	"change":            "what servers read to follow each other: a restored database is another life, and they begin anew",
	"epoch":             "the name of that life, which a restored database has of its own",
	"handed_file":       "files that wait a day to be imported: they are handed in again",
	"intake":            "imports under way: one that was asked for here would be done there too",
	"intake_part":       "the files of imports under way",
	"invitation":        "links that work once: on a copy they would work once more",
	"mail_state":        "whether mail is sent and how that goes: each server says so when it starts",
	"schema_migrations": "the steps taken; the manifest says which was the newest",
	"second_step":       "who has shown their password and not yet a passkey here has begun nothing there",
	"sessions":          "who is signed in here is not signed in there",
}

// begun are those among them that are never without their one row: a restored database has it as a new one has.
var begun = []string{"epoch", "mail_state"}

const jobs = "river_"

// Table is a table of Skein's as the database has it.
type Table struct {
	Name    string
	Columns []string // those that are written; what is reckoned from them is reckoned again
}

func (t Table) isKept() bool { return slices.Contains(kept, t.Name) }

func (t Table) isLeft() bool {
	_, left := leftOut[t.Name]
	return left || strings.HasPrefix(t.Name, jobs)
}

// tables reads which tables the owner of Skein's has in the schema, and their columns.
func tables(ctx context.Context, on core.Querier) ([]Table, error) {
	return core.All[Table](ctx, on, `
		select part.relname::text as name, array(
			select attname::text
			from pg_attribute
			where attrelid = part.oid and attnum > 0 and not attisdropped and attgenerated = ''
			order by attname
		) as columns
		from pg_class part
		join pg_class steps on steps.oid = to_regclass('schema_migrations')
		where part.relnamespace = steps.relnamespace and part.relowner = steps.relowner and part.relkind in ('r', 'p')
		order by part.relname`)
}

// keptOf are the tables among them that a backup holds, and the names of those that nobody here knows.
func keptOf(all []Table) (known []Table, strangers []string) {
	for _, t := range all {
		switch {
		case t.isKept():
			known = append(known, t)
		case !t.isLeft():
			strangers = append(strangers, t.Name)
		}
	}
	return known, strangers
}

// quoted lists names for a statement.
func quoted(names []string) string {
	all := make([]string, len(names))
	for i, n := range names {
		all[i] = pgx.Identifier{n}.Sanitize()
	}
	return strings.Join(all, ", ")
}

func namesOf(all []Table) []string {
	names := make([]string, len(all))
	for i, t := range all {
		names[i] = t.Name
	}
	return names
}

// settled makes texts in COPY the same wherever they are written and read.
const settled = `
	set local statement_timeout = 0;
	set local idle_in_transaction_session_timeout = 0;
	set local lock_timeout = 0;
	set local datestyle = 'ISO, YMD';
	set local intervalstyle = 'postgres';
	set local timezone = 'UTC';
	set local bytea_output = 'hex';
	set local extra_float_digits = 1`

func copySQL(name string, columns []string, way string) string {
	return fmt.Sprintf("copy %s (%s) %s with (format text, encoding 'UTF8')", quoted([]string{name}), quoted(columns), way)
}

// inOrder sorts tables so that each comes after those that its rows point to. One that points to itself
// may: the database looks once all rows of it are there. So may those whose constraints are put off.
func inOrder(ctx context.Context, on core.Querier, all []backup.Table) ([]backup.Table, error) {
	type arrow struct{ From, Onto string }
	arrows, err := core.All[arrow](ctx, on, `
		select distinct part.relname::text as "from", onto.relname::text as onto
		from pg_constraint link
		join pg_class part on part.oid = link.conrelid
		join pg_class onto on onto.oid = link.confrelid
		where link.contype = 'f' and not link.condeferred and part.oid <> onto.oid
			and part.relnamespace = (select relnamespace from pg_class where oid = to_regclass('schema_migrations'))`)
	if err != nil {
		return nil, err
	}
	var sorted []backup.Table
	done := map[string]bool{}
	for len(sorted) < len(all) {
		before := len(sorted)
		for _, t := range all {
			waits := slices.ContainsFunc(arrows, func(a arrow) bool { return a.From == t.Name && !done[a.Onto] && holds(all, a.Onto) })
			if !done[t.Name] && !waits {
				sorted, done[t.Name] = append(sorted, t), true
			}
		}
		if len(sorted) == before {
			return nil, fmt.Errorf("the tables point to one another in a circle: %d of %d can be loaded", len(sorted), len(all))
		}
	}
	return sorted, nil
}

func holds(all []backup.Table, name string) bool {
	return slices.ContainsFunc(all, func(t backup.Table) bool { return t.Name == name })
}
