package intake_test

import (
	"slices"
	"testing"

	"skein/internal/intake"
	bulkdb "skein/internal/postgres/bulk"
)

// An address that is there twice is left empty in the row that is refused, and stays the other's.
func TestLeaveEmptyTouchesTheNamedRowAlone(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id, found := d.tried(file{"people.csv", "id,name,email\n7,Cora Lunt,cora@water.example\n8,Bea Roe,cora@water.example\n"})
	if !slices.Equal(lines(found), []int{3}) {
		t.Fatalf("%+v", found.Refused)
	}
	in := d.at(id)
	for _, line := range []int{0, 2, 4} {
		if intake.LeaveEmpty(&in, 0, line, "email", "cora@water.example") == nil {
			t.Errorf("line %d can be left empty", line)
		}
	}
	found = d.change(id, func(in *bulkdb.Intake) error { return intake.LeaveEmpty(in, 0, 3, "email", "cora@water.example") })
	if len(found.Refused) != 0 || found.Loaded.People.New != 2 {
		t.Fatalf("%+v", found)
	}
	d.load(id)
	if got := d.names(`select id || ' ' || coalesce(email, '-') from person where id in ('7', '8') order by id`); !slices.Equal(got, []string{"7 cora@water.example", "8 -"}) {
		t.Error(got)
	}
}
