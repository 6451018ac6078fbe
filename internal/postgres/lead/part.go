package leaddb

import (
	"maps"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"skein/internal/lead"
	"skein/internal/postgres/core"
)

// part is a kind of rows that hang on a project and that verbs change. Each has its file; parts has them all.
type part struct {
	rows
	// due finds the earliest row whose time has come by @now, without the ids that were tried in this tick already. It names
	// the row, its project and, where it is not the present one, the window that it belongs to.
	due map[lead.Clock]string
	// ahead says when a clock strikes next and in which project, for those that a demo skips to.
	ahead map[lead.Clock]string
	// held lists the project and the person of what goes on to somebody else when whoever holds it, or is asked for it, leaves.
	held string
}

// rows are how a part is read with its project locked, kept as it was read, and saved where it differs.
type rows struct {
	read func(b *pgx.Batch, l *lead.Lead, args pgx.NamedArgs)
	keep func(l *lead.Lead)
	save func(b *pgx.Batch, was, is *lead.Lead)
}

// list are rows that are saved one by one, as they come.
func list[T any, K comparable](of func(*lead.Lead) *[]T, sql string, key func(T) K, save func(*pgx.Batch, T)) rows {
	return rows{
		read: func(b *pgx.Batch, l *lead.Lead, args pgx.NamedArgs) { core.Collect(b, of(l), sql, args) },
		keep: func(l *lead.Lead) { *of(l) = slices.Clone(*of(l)) },
		save: func(b *pgx.Batch, was, is *lead.Lead) {
			each(*of(was), *of(is), key, func(t T) { save(b, t) })
		},
	}
}

// overFirst are rows of which those are saved first that are over: one at a time goes on.
func overFirst[T any, K comparable](of func(*lead.Lead) *[]T, sql string, key func(T) K, over func(T) bool, save func(*pgx.Batch, T)) rows {
	r := list(of, sql, key, save)
	r.save = func(b *pgx.Batch, was, is *lead.Lead) {
		for _, first := range []bool{true, false} {
			each(*of(was), *of(is), key, func(t T) {
				if over(t) == first {
					save(b, t)
				}
			})
		}
	}
	return r
}

// whole are rows of which those are deleted from their table that are gone from the list.
func whole[T any, K comparable](of func(*lead.Lead) *[]T, sql string, key func(T) K, table string, save func(*pgx.Batch, T)) rows {
	r := list(of, sql, key, save)
	r.save = func(b *pgx.Batch, was, is *lead.Lead) {
		for _, t := range *of(was) {
			if !slices.ContainsFunc(*of(is), func(other T) bool { return key(other) == key(t) }) {
				b.Queue(`delete from `+table+` where id = $1`, key(t))
			}
		}
		each(*of(was), *of(is), key, func(t T) { save(b, t) })
	}
	return r
}

// parts are in the order in which they are saved: what hangs on another comes after it.
var parts = []part{
	pickPart, invitePart, needPart, termPart, standInPart, questionPart, linkPart, stepPart, handoverPart, reconsiderationPart,
	decisionPart, advicePart, remitChangePart, memberPart, leftMemberPart, reviewPart, outcomePart,
}

// finds are the statements that find what is due, one a clock.
var finds = clocked(findsOfProject, func(p part) map[lead.Clock]string { return p.due })

// ahead are those that say when a clock strikes next. To skip to the end of a lead, months away, would let all else lapse.
var ahead = clocked(aheadOfProject, func(p part) map[lead.Clock]string { return p.ahead })

func clocked(all map[lead.Clock]string, of func(part) map[lead.Clock]string) map[lead.Clock]string {
	all = maps.Clone(all)
	for _, p := range parts {
		maps.Copy(all, of(p))
	}
	return all
}

// heldSQL lists what everybody holds or is asked for, but in windows.
var heldSQL = func() string {
	var all []string
	for _, p := range parts {
		if p.held != "" {
			all = append(all, p.held)
		}
	}
	return strings.Join(all, "\nunion all\n")
}()
