package logdb

// PersonKeys are the details that pages read as people.
var PersonKeys = personKeys
