package recall

import (
	"context"
	"sync"

	"skein/internal/postgres"
	"skein/internal/skein"
)

// How much is kept: so many things newly asked for, and as many that were asked for before them;
// and how many changes are told apart before everything is forgotten.
const (
	mostKept    = 16_384
	mostChanges = 100_000
)

// On is what something kept was made from: when that changes it is forgotten.
type On string

// OnPerson is what is one person's own, and their facts.
func OnPerson(id skein.PersonID) On { return On("person " + id) }

// OnProject is all that a project's page and the board say of it.
func OnProject(id skein.ProjectID) On { return On("project " + id) }

// OnProjects is any project.
const OnProjects On = "projects"

// shelf keeps things. What nobody asked for since as many others were is forgotten.
type shelf struct {
	mu         sync.Mutex
	number     uint64 // of the last change
	everything uint64 // when everything changed last
	last       map[On]uint64
	young, old map[string]kept
}

type kept struct {
	value  any
	number uint64 // the last change when it began to be read
	on     []On
}

func newShelf() shelf {
	return shelf{last: map[On]uint64{}, young: map[string]kept{}, old: map[string]kept{}}
}

// changed notes what has changed: what was made from it is not told any more.
func (s *shelf) changed(c postgres.Changes) {
	if !c.Any() {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.number++
	if c.Everything || c.All || len(s.last) > mostChanges {
		s.everything = s.number
		clear(s.last)
		clear(s.young)
		clear(s.old)
		return
	}
	for _, some := range [][]skein.PersonID{c.People, c.Pages} {
		for _, id := range some {
			s.last[OnPerson(id)] = s.number
		}
	}
	for _, id := range c.Leads {
		s.last[OnProject(id)] = s.number
		s.last[OnProjects] = s.number
	}
}

func (s *shelf) get(key string) (any, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	k, ok := s.young[key]
	if !ok {
		if k, ok = s.old[key]; !ok {
			return nil, false
		}
	}
	if k.number < s.everything {
		return nil, false
	}
	for _, on := range k.on {
		if s.last[on] > k.number {
			return nil, false
		}
	}
	s.keep(key, k)
	return k.value, true
}

func (s *shelf) keep(key string, k kept) {
	if _, ok := s.young[key]; !ok && len(s.young) >= mostKept {
		s.young, s.old = make(map[string]kept, mostKept), s.young
	}
	s.young[key] = k
}

func (s *shelf) put(key string, k kept) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.keep(key, k)
}

func (s *shelf) now() uint64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.number
}

// Keep returns what is kept under a key, if memory may answer (see Current), else what read reads.
// That is kept until one of the things changes that read says it was made from; nothing read says
// nothing is to be kept. A nil memory keeps nothing.
func Keep[T any](ctx context.Context, m *Memory, key string, read func() (T, []On, error)) (T, error) {
	if m == nil || !IsCurrent(ctx) {
		value, _, err := read()
		return value, err
	}
	if value, ok := m.shelf.get(key); ok {
		return value.(T), nil
	}
	number := m.shelf.now() // what changes while it is read is not in it for certain
	value, on, err := read()
	if err == nil && on != nil {
		m.shelf.put(key, kept{value, number, on})
	}
	return value, err
}

// Kept is what was put under a key, unless what it was made from has changed.
func (m *Memory) Kept(key string) (any, bool) { return m.shelf.get(key) }

// Put keeps something until one of the things changes that it was made from. Whoever puts it must
// see for themselves, when they get it back, that it was not made before the last change.
func (m *Memory) Put(key string, value any, on ...On) {
	m.shelf.put(key, kept{value, m.shelf.now(), on})
}
