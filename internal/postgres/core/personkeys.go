package core

import (
	"slices"

	"skein/internal/skein"
)

// errSomebodyElse is for a move that was about somebody who got another id, became one with somebody else or was erased
// while it was under way.
var errSomebodyElse = skein.Conflict{Why: "Somebody whom this concerns is not known by that id any more. Open the page again."}

// personKeys are the constraints by which rows name a person: a test holds that they are all. One that is broken says
// the same of each, but for those that have words of their own in broken.
var personKeys = []string{
	"absence_person_id_fkey", "account_person_id_fkey", "advice_asked_by_fkey", "advice_person_id_fkey",
	"ask_asked_of_fkey", "ask_person_id_fkey",
	"claim_coach_id_fkey", "claim_person_id_fkey", "claim_with_person_id_fkey", "decision_came_by_fkey", "decision_decided_by_fkey",
	"decision_opened_by_fkey", "device_person_id_fkey",
	"dismissal_person_id_fkey", "email_alias_person_id_fkey", "erasure_person_id_fkey", "evidence_given_by_fkey",
	"evidence_person_id_fkey", "guardrail_owner_id_fkey", "handover_said_by_fkey", "handover_signed_by_fkey",
	"handover_writer_id_fkey", "hat_given_by_fkey", "identity_person_id_fkey", "intake_person_id_fkey",
	"intake_wanted_by_fkey", "invitation_made_by_fkey", "invitation_person_id_fkey", "invite_person_id_fkey",
	"kept_form_person_id_fkey", "mail_person_id_fkey", "member_person_id_fkey", "need_answered_by_fkey",
	"need_asked_of_fkey", "need_granted_by_fkey", "need_waived_by_fkey", "notice_person_id_fkey",
	"notice_subject_id_fkey", "notice_who_id_fkey", "outcome_answer_library_by_fkey", "outcome_answer_person_id_fkey", "outcome_naming_named_by_fkey", "outcome_naming_person_id_fkey", "passkey_person_id_fkey", "person_alias_person_id_fkey",
	"phase_said_by_fkey", "pick_answered_by_fkey", "pick_asked_of_fkey", "policy_made_by_fkey", "priority_owner_id_fkey",
	"project_proposed_by_fkey", "question_answered_by_fkey", "question_asked_by_fkey", "read_how_person_id_fkey",
	"reconsideration_steward_id_fkey", "recovery_code_person_id_fkey", "refusal_person_id_fkey", "remit_change_answered_by_fkey", "remit_change_asked_of_fkey",
	"remit_change_proposed_by_fkey", "review_answered_by_fkey", "review_asked_by_fkey",
	"review_asked_of_fkey", "second_step_person_id_fkey", "sessions_person_id_fkey",
	"sign_in_refused_person_id_fkey", "stand_in_asked_by_fkey", "stand_in_for_id_fkey", "stand_in_person_id_fkey",
	"step_done_by_fkey", "term_person_id_fkey", "week_word_person_id_fkey", "week_word_seen_by_fkey",
	"wish_person_id_fkey",
}

func isPersonKey(constraint string) bool { return slices.Contains(personKeys, constraint) }
