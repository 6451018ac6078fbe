package core

// NeedSaid is what pages and mails say of a need, as a skein.Need reads it: what is needed and how much of it, and
// what was answered. A page that read one of these alone would say "Travel" where the money is what somebody decides.
const NeedSaid = `jsonb_build_object('Kind', need.kind, 'What', need.what, 'Amount', need.amount,
    'Answer', coalesce(need.answer, ''), 'Less', coalesce(need.less, 0), 'Reason', need.answer_reason)`

// NeedsSaid are the needs of a project, as NeedSaid says each, for which holds is true.
func NeedsSaid(project, holds string) string {
	return `coalesce((
        select jsonb_agg(` + NeedSaid + ` order by need.place, need.id)
        from need
        where need.project_id = ` + project + ` and ` + holds + `
    ), '[]')`
}

// NeedOpen holds for a need that still stands in the way of a lead's beginning: it is not skein.Need.Settled.
const NeedOpen = `(need.granted_at is null and need.waived_at is null)`
