package lead

import "skein/internal/skein"

// RemitAstray is remitAstray, for the random walk.
func (l *Lead) RemitAstray(by skein.By, c skein.RemitChange) bool { return l.remitAstray(by, c) }

// StewardLost is stewardLost, for the random walk.
func (l *Lead) StewardLost(by skein.By, r skein.Reconsideration) bool { return l.stewardLost(by, r) }
