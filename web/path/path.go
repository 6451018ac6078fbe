// Package path holds every address of the web app, once, as functions, so that
// no page and no handler writes one by hand.
package path

import "net/url"

// The fixed addresses. Each is also a route pattern.
const (
	Home           = "/"
	Leads          = "/leads"
	NewProject     = "/projects/new"
	Projects       = "/projects"
	People         = "/people"
	Teams          = "/teams"
	Settings       = "/settings"
	Welcome        = "/welcome"
	How            = "/how"
	Vision         = "/vision"
	InTheWay       = "/in-the-way"
	Notices        = "/notices"
	SignIn         = "/sign-in"
	SignOut        = "/sign-out"
	Admin          = "/admin"
	AdminVision    = "/admin/vision"
	AdminPeople    = "/admin/people"
	AdminSkills    = "/admin/skills"
	AdminAudit     = "/admin/audit"
	AdminZone      = "/admin/zone"
	AdminCurrency  = "/admin/currency"
	AdminSetup     = "/admin/setup"
	SetupAway      = "/admin/setup/away"
	RunsNow        = "/admin/runs-now"
	Search         = "/search"
	DemoSkip       = "/demo/skip"
	Parts          = "/parts"
	Health         = "/healthz"
	Version        = "/version"
	StaticPrefix   = "/static/"
	AdminRetention = "/admin/audit/kept"
)

// Project is the page of one project.
func Project(id string) string { return under(Projects, id) }

// EditProject is the form that changes a project.
func EditProject(id string) string { return under(Projects, id, "edit") }

// PublishProject opens a draft to claims.
func PublishProject(id string) string { return under(Projects, id, "publish") }

// CancelProject ends a project that nobody leads.
func CancelProject(id string) string { return under(Projects, id, "cancel") }

// ClaimProject shows the claim form and takes the claim.
func ClaimProject(id string) string { return under(Projects, id, "claim") }

// WithdrawClaim takes one's own claim back.
func WithdrawClaim(id string) string { return under(Projects, id, "claim", "withdraw") }

// JoinProject makes one a member of the team.
func JoinProject(id string) string { return under(Projects, id, "join") }

// LeaveProject asks once more, and ends one's place in the team.
func LeaveProject(id string) string { return under(Projects, id, "leave") }

// ShadowProject takes the place beside the lead that is kept for learning.
func ShadowProject(id string) string { return under(Projects, id, "shadow") }

// CoLeadProject asks the lead whether one may lead beside them.
func CoLeadProject(id string) string { return under(Projects, id, "co-lead") }

// AnswerCoLead is the lead's answer to somebody who asked that.
func AnswerCoLead(id, person string) string { return under(Projects, id, "co-lead", person) }

// AnswerToCoLead answers whether one leads beside the lead, of which one was asked.
func AnswerToCoLead(id, term string) string { return under(Projects, id, "beside", term) }

// UnaskCoLead takes back that question.
func UnaskCoLead(id string) string { return under(Projects, id, "co-lead-not-after-all") }

// TakeBackProject takes back that a led project is handed on.
func TakeBackProject(id string) string { return under(Projects, id, "take-back") }

// HandOverProject asks once more, and opens a led project for the next lead.
func HandOverProject(id string) string { return under(Projects, id, "hand-over") }

// ReopenProject opens a completed project for claims once more.
func ReopenProject(id string) string { return under(Projects, id, "reopen") }

// CompleteProject ends a project whose work is done.
func CompleteProject(id string) string { return under(Projects, id, "complete") }

// GrantNeed says yes to something the lead needs.
func GrantNeed(id, need string) string { return under(Projects, id, "needs", need, "grant") }

// AnswerNeed is the page of one need, for whoever answers for it: yes, less, or no.
func AnswerNeed(id, need string) string { return under(Projects, id, "needs", need) }

// TakeNeed is the lead's own word that they begin with less than was asked for.
func TakeNeed(id, need string) string { return under(Projects, id, "needs", need, "take") }

// ArriveNeed is the lead's word whether something has arrived.
func ArriveNeed(id, need string) string { return under(Projects, id, "needs", need, "arrived") }

// MoveStart moves the day on which an accepted lead begins.
func MoveStart(id string) string { return under(Projects, id, "start") }

// WaiveNeed is the lead's own word that they can do without it.
func WaiveNeed(id, need string) string { return under(Projects, id, "needs", need, "waive") }

// Result is how the lead of a project was decided.
func Result(id string) string { return under(Projects, id, "result") }

// AcceptClaim answers an offer with yes.
func AcceptClaim(id string) string { return under("/claims", id, "accept") }

// DeclineClaim answers an offer with "not this time".
func DeclineClaim(id string) string { return under("/claims", id, "decline") }

// ReviewClaim asks for a second look at an outcome.
func ReviewClaim(id string) string { return under("/claims", id, "review") }

// Person is the page of one person.
func Person(id string) string { return under(People, id) }

// EndorsePerson says what one has seen somebody do.
func EndorsePerson(id string) string { return under(People, id, "endorse") }

// Ask is one question that somebody put to the viewer about a colleague.
func Ask(id string) string { return under("/asks", id) }

// Invitation is the link by which somebody signs in for the first time.
func Invitation(token string) string { return under("/invitations", token) }

// With adds a query to an address; empty values are left out.
func With(address string, query url.Values) string {
	kept := url.Values{}
	for name, values := range query {
		for _, value := range values {
			if value != "" {
				kept.Add(name, value)
			}
		}
	}
	if len(kept) == 0 {
		return address
	}
	return address + "?" + kept.Encode()
}

// under joins a base and parts, escaping each part: ids come from imported files.
func under(base string, parts ...string) string {
	for _, part := range parts {
		base += "/" + url.PathEscape(part)
	}
	return base
}
