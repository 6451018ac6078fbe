package core

import (
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"time"
)

// UUID7 makes ids as uuid_v7 in the database does: first the time, then a count, then chance. One
// after the other they grow, so that their index is filled from one end.
type UUID7 struct {
	ms    int64
	count int
	pool  [1 << 12]byte
	used  int
}

// NewUUID7 returns ids from a moment on.
func NewUUID7(at time.Time) *UUID7 {
	g := &UUID7{ms: at.UnixMilli()}
	g.used = len(g.pool)
	return g
}

// Next is the next id.
func (g *UUID7) Next() (id [16]byte) {
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

// FreshIDs makes ids by the machine's clock, as the database does: a demo's clock, or a test's, would
// put what comes later before what is there.
func FreshIDs() *UUID7 { return NewUUID7(time.Now()) }

// Text is the next id as it is written.
func (g *UUID7) Text() string {
	id := g.Next()
	return fmt.Sprintf("%x-%x-%x-%x-%x", id[:4], id[4:6], id[6:8], id[8:10], id[10:])
}

// NewSeed is the seed of a lottery: a number that nobody can know beforehand.
func NewSeed() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}
