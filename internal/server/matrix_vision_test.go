package server

import (
	"net/http"

	"skein/web/path"
)

func visionRows() []row {
	guardrail := func(h *house) string {
		h.exec(`insert into guardrail (id, kind, number, reason, made_at)
			values ('00000000-0000-7000-8000-0000000000aa', 'leads_at_once', 2, 'Two leads each.', $1)`, wall)
		return ""
	}
	one := path.Guardrails + "/00000000-0000-7000-8000-0000000000aa"
	return []row{
		{method: http.MethodGet, route: path.Vision, set: guardrail, who: allStaff()},
		{method: http.MethodGet, route: path.Admin, who: only(asExecutive)},
		{method: http.MethodGet, route: path.AdminVision, who: only(asExecutive)},
		{method: http.MethodPost, route: path.AdminVision, who: only(asExecutive)},
		{method: http.MethodPost, route: path.Priorities, who: only(asExecutive)},
		{method: http.MethodPost, route: path.Priorities + "/{id}", at: path.Priorities + "/leaks-down", who: only(asExecutive)},
		{method: http.MethodPost, route: path.Priorities + "/{id}/move", at: path.Priorities + "/leaks-down/move", who: only(asExecutive)},
		{method: http.MethodPost, route: path.Priorities + "/{id}/retire", at: path.Priorities + "/leaks-down/retire", who: only(asExecutive)},
		{method: http.MethodPost, route: path.Guardrails, who: only(asExecutive)},
		{method: http.MethodPost, route: path.Guardrails + "/{id}", at: one, set: guardrail, who: only(asExecutive)},
		{method: http.MethodPost, route: path.Guardrails + "/{id}/retire", at: one + "/retire", set: guardrail, who: only(asExecutive)},
	}
}
