package leaddb

// WindowEnds is when windows close in which claims gather, HoldingSQL what people hold besides one project, and SaveLeft
// keeps what a time in office left, for tests.
var (
	WindowEnds = windowEnds
	HoldingSQL = holdingSQL
	SaveLeft   = saveLeft
)
