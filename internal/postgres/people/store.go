// Package peopledb is what is known of people: profiles, evidence, wishes, absences, asks, skills.
package peopledb

import (
	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// Store is the area: its reads, and its moves with a transaction each.
type Store struct {
	pool core.Conn
}

// New returns the area on a pool of connections.
func New(pool core.Conn) *Store { return &Store{pool: pool} }

// own is the audit row of a change that by made to what is known of themselves.
func own(by skein.By, action string, details map[string]any) []skein.Event {
	return []skein.Event{{Action: action, Noun: "person", NounID: string(by.Person), Details: details}}
}
