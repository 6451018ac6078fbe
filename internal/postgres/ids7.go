package postgres

import (
	"crypto/rand"
	"encoding/binary"
	"time"
)

// ids7 makes ids as uuid_v7 in the database does: first the time, then a count, then chance. One
// after the other they grow, so that their index is filled from one end.
type ids7 struct {
	ms    int64
	count int
	pool  [1 << 12]byte
	used  int
}

func newIDs(at time.Time) *ids7 {
	g := &ids7{ms: at.UnixMilli()}
	g.used = len(g.pool)
	return g
}

func (g *ids7) next() (id [16]byte) {
	const chance, most = 8, 1 << 12
	if g.used+chance > len(g.pool) {
		_, _ = rand.Read(g.pool[:]) // never fails
		g.used = 0
	}
	binary.BigEndian.PutUint64(id[:], uint64(g.ms)<<16|0x7000|uint64(g.count))
	copy(id[8:], g.pool[g.used:g.used+chance])
	id[8] = id[8]&0x3f | 0x80
	g.used += chance
	if g.count++; g.count == most {
		g.ms, g.count = g.ms+1, 0
	}
	return id
}
