package skein

import (
	"cmp"
	"slices"
)

// CircleTree is where circles lie, with what each states and its own stewards who are here.
type CircleTree map[CircleID]CirclePlace

// CirclePlace is one circle of a tree.
type CirclePlace struct {
	ID       CircleID
	Name     string
	Parent   CircleID
	Rotation *float64
	Matching *bool
	Stewards []PersonID // by id
}

// Standing is what decides a claim in a circle beside what is claimed: how leads rotate there, whether
// people are compared, and who checks, the nearest first.
type Standing struct {
	Rotation float64
	Matching bool
	Stewards []PersonID
}

// Same tells whether a claim is decided by the same in two places.
func (s Standing) Same(other Standing) bool {
	return s.Rotation == other.Rotation && s.Matching == other.Matching && slices.Equal(s.Stewards, other.Stewards)
}

// Up lists a circle and those that it lies in, the nearest first. Of what is a ring by a fault of ours it
// lists each once.
func (t CircleTree) Up(id CircleID) []CirclePlace {
	var up []CirclePlace
	for len(up) <= len(t) {
		place, there := t[id]
		if !there {
			break
		}
		up, id = append(up, place), place.Parent
	}
	return up
}

// Within tells whether a circle is another, or lies in it however far down.
func (t CircleTree) Within(id, in CircleID) bool {
	return in != "" && slices.ContainsFunc(t.Up(id), func(c CirclePlace) bool { return c.ID == in })
}

// Under lists a circle and all that lies in it, by id.
func (t CircleTree) Under(id CircleID) []CircleID {
	var all []CircleID
	for other := range t {
		if t.Within(other, id) {
			all = append(all, other)
		}
	}
	slices.Sort(all)
	return all
}

// Children lists what lies in a circle one step down, by name and id; of "", what lies in none.
func (t CircleTree) Children(id CircleID) []CirclePlace {
	var all []CirclePlace
	for _, c := range t {
		if c.Parent == id {
			all = append(all, c)
		}
	}
	slices.SortFunc(all, func(a, b CirclePlace) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID)) })
	return all
}

// Standing is what decides a claim in a circle, "" being none; anywhere is the rotation of whoever states
// none.
func (t CircleTree) Standing(id CircleID, anywhere float64) Standing {
	s := Standing{Rotation: anywhere, Matching: true}
	var rotation *float64
	var matching *bool
	for _, c := range t.Up(id) {
		rotation, matching = cmp.Or(rotation, c.Rotation), cmp.Or(matching, c.Matching)
		for _, p := range c.Stewards {
			if !slices.Contains(s.Stewards, p) {
				s.Stewards = append(s.Stewards, p)
			}
		}
	}
	if rotation != nil {
		s.Rotation = *rotation
	}
	if matching != nil {
		s.Matching = *matching
	}
	return s
}

// Moved is the tree with a circle in another, "" being none.
func (t CircleTree) Moved(id, to CircleID) CircleTree {
	after := CircleTree{}
	for other, c := range t {
		if other == id {
			c.Parent = to
		}
		after[other] = c
	}
	return after
}

// Closed is the tree without a circle, and with what lay in it where the circle lay.
func (t CircleTree) Closed(id CircleID) CircleTree {
	after, to := CircleTree{}, t[id].Parent
	for other, c := range t {
		if c.Parent == id {
			c.Parent = to
		}
		if other != id {
			after[other] = c
		}
	}
	return after
}

// Moves lists, of the circles under one, those whose projects are decided otherwise after a change, by
// id. Into is where the projects of a circle that is gone afterwards belong.
func (t CircleTree) Moves(after CircleTree, id, into CircleID, anywhere float64) []CircleID {
	var moved []CircleID
	for _, c := range t.Under(id) {
		then := c
		if _, there := after[c]; !there {
			then = into
		}
		if !t.Standing(c, anywhere).Same(after.Standing(then, anywhere)) {
			moved = append(moved, c)
		}
	}
	return moved
}
