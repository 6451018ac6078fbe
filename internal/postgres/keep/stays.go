package keepdb

// Why columns stay that refer to a person or hold words.
const (
	keyed   = "a record that names them by their key, as somebody who has left"
	decided = "a decision, which stays as of somebody who has left"
	gave    = "what they gave others, which stays as of somebody who has left"
	theirs  = "the organisation's own, whoever wrote it"
	codes   = "an id or a word of Skein's own"
	hashed  = "a hash that leads to nobody"
	brief   = "goes by the clock within a day"
)

// stays is what erasure leaves, and why. A table alone stands for its columns that are not listed themselves, here or
// among goes.
var stays = map[string]string{
	"advice": keyed, "ask/skill_id": codes,
	"audit_event": "the log's chain, which names people by their key and holds no words",
	"audit_head":  hashed, "change": brief,
	"circle": theirs, "closed_circle": theirs, "group_role": theirs, "sign_in_rule": codes, "column_meaning": theirs, "organisation": theirs, "skill": theirs,
	"skill_name": theirs, "skill_was": theirs, "priority": theirs, "phase/said_by": decided, "phase": theirs, "reconsideration/part": theirs, "reconsideration": decided, "project": theirs, "remit": theirs, "requirement": codes,
	"claim":        "a record of a match: it keeps the key alone, and sentences of the rules without any name",
	"claim_window": codes, "clock": codes, "epoch": codes, "erased": hashed,
	"decision": decided, "evidence/given_by": gave, "evidence/note": gave, "evidence": codes, "further_circle": codes,
	"guardrail": decided, "handed_file": brief, "handover": theirs, "hat/given_by": decided, "hat": codes,
	"intake": codes, "intake_part": brief, "invitation/made_by": decided,
	"invite": keyed, "mail_state": codes, "member": keyed, "need": decided,
	"notice/who_id": keyed, "notice/subject_id": keyed, "notice": codes,
	"person/id": "their key, once they are erased", "person/log_key": "their key",
	"person_alias": "keys that lead to theirs", "pick": decided, "policy": decided, "refusal": codes,
	"removed": codes, "retention": codes, "schema_migrations": codes, "secret": codes,
	"outcome": codes, "outcome_answer": keyed, "outcome_skill": codes, "project_link": theirs, "question": keyed, "step": keyed, "remit_change": keyed,
	"review": keyed, "stand_in": keyed, "term": keyed, "week_word": keyed,
	"sign_in_failure": hashed, "sign_in_refused": hashed, "sign_in_wait": hashed,
}
