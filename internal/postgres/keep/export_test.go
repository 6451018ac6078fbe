package keepdb

// Seen tells why erasure leaves a column of a table, or that it empties it.
func Seen(table, column string) bool {
	for _, g := range goes {
		for _, c := range g.columns {
			if c == table+"/"+column || c == table+"/*" {
				return true
			}
		}
	}
	_, one := stays[table+"/"+column]
	_, all := stays[table]
	return one || all
}
