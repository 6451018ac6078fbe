package server

import (
	"context"
	"slices"
	"strings"

	peopledb "skein/internal/postgres/people"
	"skein/internal/skein"
	"skein/internal/view"
	"skein/web/component"
)

// meant settles which skills are meant by names typed into a field, in their order. One that nobody has named
// before and that is like others is asked about, once: which of these is meant, or that it is a new one. One
// that is not used any more is refused, unless it is among those that stay.
func (s *server) meant(ctx context.Context, f *form, field string, typed []string, stays ...skein.SkillID) ([]string, error) {
	var known []string
	for _, name := range typed { // what is no name is told of where the names are read
		if tidy, err := skein.SkillName(name); err == nil {
			known = append(known, tidy)
		}
	}
	found, err := s.db.People.SkillsTyped(ctx, known)
	if err != nil {
		return nil, err
	}
	names, at := slices.Clone(typed), 0
	for i, name := range typed {
		if _, err := skein.SkillName(name); err != nil {
			continue
		}
		names[i] = f.means(field, name, found[at], stays)
		at++
	}
	return names, nil
}

// means is the name of the skill that one typed name means, and notes what there is to ask.
func (f *form) means(field, typed string, found peopledb.TypedSkill, stays []skein.SkillID) string {
	if found.Name != "" {
		f.Bad.Add(found.Retired && !slices.Contains(stays, found.ID), field,
			view.SkillRetired(found.Name))
		return typed
	}
	if len(found.Like) == 0 {
		return typed
	}
	answer := f.Text(component.MeantName(typed))
	f.Meant[field] = append(f.Meant[field], component.Meant{Typed: typed, Like: found.Like, Chosen: answer})
	if name, use := strings.CutPrefix(answer, component.MeantUse); use && slices.Contains(found.Like, name) {
		return name
	}
	f.Bad.Add(answer != component.MeantNew, field, "“"+typed+"” is like what others have named. Say below what you mean.")
	return typed
}
