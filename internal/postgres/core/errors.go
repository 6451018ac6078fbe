package core

import (
	"errors"
	"slices"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"skein/internal/skein"
)

// broken says, for each constraint that a person can run into, which error its breach is. A
// constraint that is not here is a fault of ours and stays what it is.
var broken = map[string]error{
	"one_lead_per_project":       skein.Conflict{Why: "Somebody else was offered this lead a moment before."},
	"one_holder_per_project":     skein.Conflict{Why: "Somebody leads this project already."},
	"one_place_per_person":       skein.Conflict{Why: "You have a place here already."},
	"one_place_beside":           skein.Conflict{Why: "You have a place here already."},
	"claim_once":                 skein.Conflict{Why: "You have a claim here already."},
	"member_once":                skein.Conflict{Why: "You are in this team already."},
	"ask_once":                   skein.Conflict{Why: "They have been asked about this already."},
	"review_once":                skein.Conflict{Why: "A review of this is under way already."},
	"claim_window_one_open":      skein.Conflict{Why: "Claims are open here already."},
	"guardrail_once":             skein.Conflict{Why: "There is a guardrail of this kind already; change that one."},
	"skill_name_pkey":            skein.Invalid{{Field: "name", Message: "Another skill is called so already. Merge the two, or choose another name."}},
	"person_pkey":                skein.Conflict{Why: "Somebody has this id already."},
	"person_alias_id":            skein.Invalid{{Field: "id", Message: "This id leads to somebody who was here twice. Choose another."}},
	"person_email_once":          skein.Invalid{{Field: "email", Message: "Somebody else has this e-mail address."}},
	"account_email_once":         skein.Invalid{{Field: "email", Message: "Somebody else signs in with this e-mail address."}},
	"project_circle_id_fkey":     skein.Invalid{{Field: "team", Message: "There is no such one any more. Choose another."}},
	"project_priority_id_fkey":   skein.Invalid{{Field: "priority", Message: "There is no such priority any more. Choose another."}},
	"circle_pkey":                skein.Invalid{{Field: "id", Message: "Another one has this id already. Choose another id, or leave it empty."}},
	"circle_parent_id_fkey":      skein.Invalid{{Field: "parent", Message: "There is no such one any more. Choose another."}},
	"person_circle_id_fkey":      skein.Invalid{{Field: "circle", Message: "There is no such one any more. Choose another."}},
	"circle_is_a_tree":           skein.Invalid{{Field: "parent", Message: "It would lie within itself. Choose another."}},
	"organisation_zone_known":    skein.Invalid{{Field: "zone", Message: "The database does not know this time zone. Name another with the same hours, such as Europe/London."}},
	"organisation_currency_said": skein.Invalid{{Field: "currency", Message: "Say it by its sign or its letters, five at most: £, €, CHF."}},
	"group_role_circle_id_fkey":  skein.Invalid{{Field: "circle", Message: "There is no such one any more. Choose another."}},
	"hat_circle_id_fkey":         skein.Invalid{{Field: "circle", Message: "There is no such one any more. Choose another."}},
	"person_manager_id_fkey":     skein.Invalid{{Field: "manager", Message: "They are not here any more. Name somebody else, or nobody."}},
	"hat_person_id_fkey":         skein.ErrNotFound,
	"passkey_credential_once":    skein.Conflict{Why: "This passkey was added already."},
	"evidence_key":               skein.Conflict{Why: "You said so already today."},
	"person_not_erased":          skein.Invalid{{Field: "id", Message: "Whoever had this id was erased, and nobody brings them back by it. Choose another."}},
	"log_names_nobody_erased":    errSomebodyElse,
	"person_stays_erased":        skein.Conflict{Why: "They were erased. Nothing of theirs can be changed any more."},

	"further_circle_circle_id_fkey": skein.Invalid{{Field: "teams", Message: "One of these was closed just now. Look at them again."}},
}

// Translate turns what the database says into what the language says.
func Translate(err error) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return skein.ErrNotFound
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		if known, ok := broken[pg.ConstraintName]; ok {
			if bad, ok := known.(skein.Invalid); ok {
				return slices.Clone(bad) // whoever gets it may add to it, and others get it too
			}
			return known
		}
		if isPersonKey(pg.ConstraintName) {
			return errSomebodyElse
		}
		if pg.Code == "22P02" { // invalid text representation: an id in the address that is none
			return skein.ErrNotFound
		}
	}
	return err
}
