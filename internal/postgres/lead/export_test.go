package leaddb

// WindowEnds is when windows close in which claims gather, and HoldingSQL what people hold besides one project, for
// tests.
var (
	WindowEnds = windowEnds
	HoldingSQL = holdingSQL
)
