package lead_test

import (
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"skein/internal/lead"
)

// differs says in which rows two stores differ.
func differs(a, b *store) string {
	return cmp.Diff(a, b, cmp.AllowUnexported(store{}), cmpopts.IgnoreUnexported(lead.Lead{}), cmpopts.EquateEmpty(),
		cmpopts.IgnoreFields(store{}, "told"))
}
