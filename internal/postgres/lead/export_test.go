package leaddb

// WindowEnds is when windows close in which claims gather, for tests.
var WindowEnds = windowEnds
