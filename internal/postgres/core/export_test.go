package core

// Known is how many are in or wait for a key.
func (g *Gate) Known(key string) int {
	g.mu.Lock()
	defer g.mu.Unlock()
	if q := g.queues[key]; q != nil {
		return q.known
	}
	return 0
}

// SaidWhenBroken tells whether people are told in words of ours of a constraint that is broken.
func SaidWhenBroken(constraint string) bool {
	_, own := broken[constraint]
	return own || isPersonKey(constraint)
}

// IsPersonKey tells whether a constraint of that name says who somebody is.
var IsPersonKey = isPersonKey
