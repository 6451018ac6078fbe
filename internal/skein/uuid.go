package skein

import (
	"encoding/hex"
	"strings"
)

// IsUUID tells whether an id is a UUID as we write them: made by a machine, it says nothing to anybody.
func IsUUID(text string) bool {
	if len(text) != 36 || text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-' {
		return false
	}
	_, err := hex.DecodeString(strings.ReplaceAll(text, "-", ""))
	return err == nil
}
