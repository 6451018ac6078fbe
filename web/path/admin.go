package path

import "net/url"

// Addresses of what executives change.
const (
	Priorities = "/admin/priorities"
	Guardrails = "/admin/guardrails"
)

// PriorityRead is where everybody reads of one priority.
func PriorityRead(id string) string { return Vision + "#priority-" + url.PathEscape(id) }

// Priority changes one priority.
func Priority(id string) string { return under(Priorities, id) }

// MovePriority brings a priority one place up or down.
func MovePriority(id string) string { return under(Priorities, id, "move") }

// RetirePriority takes a priority off the list.
func RetirePriority(id string) string { return under(Priorities, id, "retire") }

// Guardrail changes one guardrail.
func Guardrail(id string) string { return under(Guardrails, id) }

// RetireGuardrail takes a guardrail down.
func RetireGuardrail(id string) string { return under(Guardrails, id, "retire") }
