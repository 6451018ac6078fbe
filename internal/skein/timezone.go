package skein

import (
	_ "embed"
	"strings"
	"time"
	_ "time/tzdata" // every zone is known, whatever the machine has
)

//go:embed zones.txt
var zoneList string

// TimeZones are the names of the IANA time zones to choose from, in their order. Older names of the same places
// ("Asia/Calcutta") are known beside them.
var TimeZones = strings.Fields(zoneList)

const wrongZone = "Name a time zone such as Europe/London: choose one of the list."

// CheckZone reports what is not the name of a time zone. A machine's own "Local" is none.
func CheckZone(zone string) error {
	_, err := time.LoadLocation(zone)
	var bad Invalid
	bad.Add(err != nil || zone == "" || zone == "Local", "zone", wrongZone)
	return bad.Err()
}

// ZoneNamed is the time zone that somebody means who writes it in small letters, with spaces, or by its place
// alone ("london", "New York"); what means none, or several, stays as it was typed.
func ZoneNamed(typed string) string {
	wanted := strings.ReplaceAll(strings.TrimSpace(typed), " ", "_")
	place := ""
	for _, zone := range TimeZones {
		if strings.EqualFold(zone, wanted) {
			return zone
		}
		if strings.EqualFold(zone[strings.LastIndex(zone, "/")+1:], wanted) {
			if place != "" {
				return typed
			}
			place = zone
		}
	}
	if place == "" {
		return typed
	}
	return place
}

// ZoneOr is where a time zone is, or another where none is named or there is no such zone.
func ZoneOr(zone string, or *time.Location) *time.Location {
	if zone == "" {
		return or
	}
	if place, err := time.LoadLocation(zone); err == nil {
		return place
	}
	return or
}
