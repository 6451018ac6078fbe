package logdb

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
)

// Head is the last link of the log's chain: how many rows it has, and the hash that all of them went
// into. Kept outside the database it tells whether those rows are still as they were.
type Head struct {
	Count int64
	Hash  string // 64 hexadecimal digits
}

// String is how a head is written: "1042:9f86d0...".
func (h Head) String() string { return strconv.FormatInt(h.Count, 10) + ":" + h.Hash }

// ParseHead reads a head as String writes it. Its error says in words what one looks like.
func ParseHead(text string) (Head, error) {
	count, hash, _ := strings.Cut(text, ":")
	n, err := strconv.ParseInt(count, 10, 64)
	if raw, wrong := hex.DecodeString(hash); err != nil || n < 0 || wrong != nil || len(raw) != len(genesis) {
		return Head{}, errors.New("a head is a count of rows, a colon and 64 hexadecimal digits, as skein audit verify prints it")
	}
	return Head{Count: n, Hash: strings.ToLower(hash)}, nil
}

// Verified is a log without a broken link.
type Verified struct {
	Head
	Erased int64 // rows whose personal content was erased
}

// BrokenError is the first link that does not hold. Row is its place in the chain, from 1.
type BrokenError struct {
	Row int64
	Why string
}

func (e BrokenError) Error() string {
	return fmt.Sprintf("the log is broken at row %d: %s", e.Row, e.Why)
}

// Verify checks the whole log against its chain, row by row, whatever its length: it finds rows that
// were changed, removed, put in or reordered, also at its end, and personal content that was changed.
// A log that does not hold is a BrokenError. Of a head that was kept (zero: none) it also tells
// whether the log still leads through it.
func (db *Store) Verify(ctx context.Context, kept Head) (Verified, error) {
	var found Verified
	err := core.Snapshot(ctx, db.pool, func(tx pgx.Tx) error {
		if err := core.Exec(ctx, tx, `set local statement_timeout = 0`); err != nil {
			return err
		}
		v := &verifying{before: genesis[:], kept: kept}
		if err := v.rows(ctx, tx); err != nil {
			return err
		}
		if err := v.end(ctx, tx); err != nil {
			return err
		}
		found = Verified{Head: v.head(), Erased: v.erased}
		return nil
	})
	var broken BrokenError
	if errors.As(err, &broken) {
		return Verified{}, broken
	}
	return found, core.Translate(err)
}

// verifying is one walk along the chain.
type verifying struct {
	before []byte // the hash of the row before
	count  int64
	erased int64
	kept   Head
}

func (v *verifying) head() Head { return Head{Count: v.count, Hash: hex.EncodeToString(v.before)} }

// rows walks along all rows in the order of the chain.
func (v *verifying) rows(ctx context.Context, tx pgx.Tx) error {
	rows, _ := tx.Query(ctx, `
		select event.position, event.id, event.at, event.recorded_at, event.actor_id, event.action, event.noun, event.noun_id,
			event.project_id, event.circle_id, event.details::text as details, event.content_hash, event.hash,
			content.salt, content.details::text as content
		from audit_event event
		left join audit_content content on content.event_id = event.id
		order by event.position, event.id`)
	defer rows.Close()
	for rows.Next() {
		row, err := pgx.RowToStructByName[link](rows)
		if err != nil {
			return err
		}
		if err := v.next(row); err != nil {
			return err
		}
	}
	return rows.Err()
}

// next takes one row.
func (v *verifying) next(row link) error {
	place := v.count + 1
	broken := func(why string) error { return BrokenError{Row: place, Why: why} }
	switch {
	case row.Position == nil || *row.Position < place:
		return broken(fmt.Sprintf("a row was put in (its id is %d)", row.ID))
	case *row.Position > place && *row.Position == place+1:
		return broken("this row was removed")
	case *row.Position > place:
		return broken(fmt.Sprintf("this row and those up to %d were removed", *row.Position-1))
	}
	hash := row.hash(v.before)
	if string(hash) != string(row.Hash) {
		return broken("this row is not the one that was written here: it was changed, put in or moved")
	}
	if why := row.content(); why != "" {
		return broken(why)
	}
	if row.ContentHash != nil && row.Salt == nil {
		v.erased++
	}
	v.count, v.before = place, hash
	if v.count == v.kept.Count && v.head() != v.kept {
		return broken("the head that was kept is another: rows up to here were written anew")
	}
	return nil
}

// end holds the last row against the head that the database keeps, and looks for content without a row.
func (v *verifying) end(ctx context.Context, tx pgx.Tx) error {
	head, err := core.One[struct {
		Position int64
		Hash     []byte
	}](ctx, tx, `select position, hash from audit_head`)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return BrokenError{v.count + 1, "the head of the chain is missing"}
	case err != nil:
		return err
	case head.Position > v.count:
		return BrokenError{v.count + 1, fmt.Sprintf("the last rows were removed: there were %d", head.Position)}
	case head.Position < v.count:
		return BrokenError{head.Position + 1, fmt.Sprintf("rows were put in at the end: the head counts %d", head.Position)}
	case string(head.Hash) != string(v.before):
		return BrokenError{v.count, "the head of the chain is not the hash of the last row"}
	case v.kept.Count > v.count:
		return BrokenError{v.count + 1, fmt.Sprintf("the head that was kept counts %d rows: the last ones were removed", v.kept.Count)}
	}
	stray, err := core.Values[int64](ctx, tx, `
		select event_id
		from audit_content
		where not exists (select from audit_event where id = event_id and content_hash is not null)
		order by event_id
		limit 1`)
	if err == nil && len(stray) > 0 {
		err = BrokenError{v.count, fmt.Sprintf("personal content was put in for a row with the id %d, which has none", stray[0])}
	}
	return err
}
