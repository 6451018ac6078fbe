package server

import (
	"errors"
	"net/http"

	"skein/internal/skein"
	"skein/web/page"
	"skein/web/path"
)

// changeRetention chooses for how long records of matches are kept.
func (s *server) changeRetention(w http.ResponseWriter, r *http.Request, f *form) error {
	months := f.Number("months", "Say a number of months, such as 48.")
	f.Bad.Add(months == nil && f.Bad.On("months") == "", "months", "Say a number of months, such as 48.")
	f.Bad.Add(months != nil && *months != float64(int(*months)), "months", "Say whole months.")
	err := f.Try(func() error { return s.db.Keep.SetMatchMonths(r.Context(), viewer(r).By(), f.Version(), int(*months)) })
	if errors.Is(err, skein.ErrStale) {
		return s.renderAudit(w, r, http.StatusUnprocessableEntity, func(k *page.Retention) {
			k.Wrong = skein.Invalid{{Field: "months", Message: "Somebody else changed it meanwhile: now it is " + k.Months + ". Send yours again to put it in its place."}}.On
			k.Months = f.Text("months")
		})
	}
	if bad, ok := asInvalid(err); ok {
		return s.renderAudit(w, r, http.StatusUnprocessableEntity, func(k *page.Retention) {
			k.Wrong, k.Months, k.Version = bad.On, f.Text("months"), f.Version()
		})
	}
	return s.finish(w, r, err, path.AdminAudit+"#kept", "Records of matches are kept so long from now on.")
}
