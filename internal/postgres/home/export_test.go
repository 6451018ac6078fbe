package homedb

// LooksAfterSQL finds what somebody looks after since its lead left.
var LooksAfterSQL = looksAfterSQL
