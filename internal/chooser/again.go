package chooser

import (
	"encoding/json"
	"fmt"
	"slices"

	"skein/internal/match"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
)

// judgeAgain puts claims in their order once more when a steward has called some of them equal: by what
// was kept of each at the close and nothing else, so that what people came to hold, do or say since
// decides nothing. False: what was kept does not say enough, as of a pick made by an earlier version.
func judgeAgain(w leaddb.Closing) ([]skein.Judged, bool, error) {
	judged, details := make([]skein.Judged, len(w.Claims)), make([]Detail, len(w.Claims))
	var compared []match.Compared
	claimed, together := 0, false
	for i, claim := range w.Claims {
		kept, ok := w.Kept[claim.ID]
		if !ok {
			return nil, false, nil
		}
		d := &details[i]
		if err := json.Unmarshal(kept.Assessment, d); err != nil {
			return nil, false, fmt.Errorf("what was kept of claim %s: %w", claim.ID, err)
		}
		calledEqual := slices.Contains(w.Equal, claim.ID)
		if calledEqual && d.Written == nil {
			return nil, false, nil
		}
		d.Equal = calledEqual
		judged[i] = skein.Judged{
			Claim: claim.ID, Stops: kept.Stops, Zone: skein.Zone(d.Assessment.Zone), Fit: d.Assessment.Fit, Written: d.Written != nil,
		}
		if d.Written == nil && d.Assessment.Open() || calledEqual && kept.Stops == "" {
			claimed++
			together = together || d.Written == nil && d.Assessment.With != ""
		}
		if d.Written == nil && d.Compared != nil {
			compared = append(compared, *d.Compared)
		}
	}
	stand := match.PickAgain(compared, claimed, together).Best()
	for i := range details {
		if details[i].Equal && judged[i].Stops == "" {
			compared = append(compared, details[i].Written.Standing(stand))
		}
	}
	pick := match.PickAgain(compared, claimed, together)
	for i, claim := range w.Claims {
		details[i].Compared = nil
		place(&judged[i], &details[i], claim.Person, pick)
		var err error
		if judged[i].Detail, err = json.Marshal(details[i]); err != nil {
			return nil, false, err
		}
	}
	return judged, true, nil
}
