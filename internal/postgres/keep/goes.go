package keepdb

// going is a statement that takes away what was somebody's, and the columns that it empties of them. @id is theirs,
// @ids are all that lead to them, @keys those by which the log names them, @addresses theirs in small letters. @named is a
// pattern of how they were called, letter for letter, as May is also a month; @written the same as JSON writes it.
type going struct {
	columns []string
	sql     string
}

// goes is all that goes when somebody is erased, besides their row's own: see emptied. A test holds that every column
// that refers to a person or holds words is here, or among stays.
var goes = []going{
	{[]string{"absence/*"}, `delete from absence where person_id = @id`},
	{
		[]string{"ask/person_id", "ask/asked_of", "ask/about"}, // of those that were answered they are who answered
		`delete from ask where person_id = @id or asked_of = @id and answered_at is null`,
	},
	{[]string{"calendar_entry/uid"}, `delete from calendar_entry where uid = 'erase:' || @id`}, // in administrators' calendars
	{[]string{"dismissal/*"}, `delete from dismissal where person_id = @id`},
	{[]string{"email_alias/*"}, `delete from email_alias where person_id = @id`},
	{[]string{"erasure/*"}, `delete from erasure where person_id = @id`},
	{[]string{"evidence/person_id", "evidence/source", "evidence/attributes"}, `delete from evidence where person_id = @id`},
	{[]string{"hat/person_id"}, `delete from hat where person_id = @id`},
	{[]string{"identity/*"}, `delete from identity where person_id = @id`},
	{[]string{"intake/person_id", "intake/answer", "intake/says"}, `delete from intake where person_id = @id`},
	{[]string{"intake/wanted_by"}, `update intake set wanted_by = null where wanted_by = @id`},
	{[]string{"invitation/person_id", "invitation/email", "invitation/refused", "invitation/token_hash"}, `delete from invitation where person_id = @id`},
	{[]string{"kept_form/*"}, `delete from kept_form where person_id = @id`},
	{[]string{"mail/*"}, `delete from mail where person_id = @id or lower(address) = any(@addresses)`},
	{[]string{"notice/person_id"}, `delete from notice where person_id = @id`},
	{[]string{"passkey/*"}, `delete from passkey where person_id = @id`},
	{[]string{"read_how/*"}, `delete from read_how where person_id = @id`},
	{[]string{"recovery_code/*"}, `delete from recovery_code where person_id = @id`},
	{[]string{"refusal/person_id"}, `update refusal set person_id = null where person_id = @id`},
	{[]string{"second_step/*"}, `delete from second_step where person_id = @id`},
	{[]string{"sign_in_refused/person_id", "sign_in_refused/network"}, `delete from sign_in_refused where person_id = @id`},
	{[]string{"wish/*"}, `delete from wish where person_id = @id`},
	{nil, `delete from river_job where kind = 'forgotten' and lower(args ->> 'email') = any(@addresses)`}, // asked for at the door, and not looked at yet
	// With its browsers and sessions, the calendar's address, and what else hangs on it.
	{[]string{"account/*", "device/*", "sessions/person_id", "sessions/browser", "sessions/token", "sessions/mark"}, `delete from account where person_id = @id`},
	{[]string{"sessions/data"}, `delete from sessions where person_id is null and position(convert_to(@id, 'UTF8') in data) > 0`},
	{[]string{"person/manager_id"}, `update person set manager_id = null where manager_id = @id`},
	{[]string{"person_alias/id"}, `update person_alias set id = log_key where person_id = @id`},

	// Their words, where others' records stay.
	{[]string{"claim/why"}, `delete from claim where person_id = @id and state = 'draft'`},
	{[]string{"claim/why"}, `update claim set why = '', idempotency_key = null where person_id = @id and (why <> '' or idempotency_key is not null)`},
	{[]string{"member/brings"}, `update member set brings = '' where person_id = @id and brings <> ''`},
	{
		[]string{"review/what", "review/answer"},
		`update review set what = 'What was asked went with whoever asked it.', answer = '' where asked_by = @id`,
	},
	{
		[]string{"question/says"},
		`update question set says = 'What was asked went with whoever asked it.' where asked_by = @id`,
	},
	{
		[]string{"question/answer"},
		`update question set answer = 'What was answered went with whoever answered it.' where answered_by = @id`,
	},
	{
		[]string{"remit_change/reason"},
		`update remit_change set reason = 'Why went with whoever proposed it.' where proposed_by = @id`,
	},
	{
		[]string{"remit_change/refusal"},
		`update remit_change set refusal = 'Why went with whoever refused it.' where answered_by = @id and refusal <> ''`,
	},
	{
		[]string{"outcome_answer/led", "outcome_answer/again", "outcome_answer/library_at", "outcome_answer/library_by", "outcome_answer/search"},
		`update outcome_answer
		set led = '', again = '', named = false, led_shown = false, library_at = null, library_by = null
		where person_id = @id`,
	},
	{[]string{"outcome_naming/*"}, `delete from outcome_naming where person_id = @id or named_by = @id`},
	{
		[]string{"week_word/says"},
		`update week_word set says = 'What was said went with whoever said it.' where person_id = @id`,
	},
	{
		[]string{"advice/says", "advice/why"},
		`update advice
		set why = '', says = case when says = '' then '' else 'What was advised went with whoever said it.' end
		where person_id = @id`,
	},
	{[]string{"term/attributes"}, `update term set attributes = '{}' where person_id = @id and attributes <> '{}'`},

	// Their name in sentences that were kept.
	{
		[]string{"notice/says", "notice/link"},
		`update notice
		set says = regexp_replace(says, @named, @erased, 'g'), link = case when position('/people/' || @id in link) > 0 then null else link end
		where says ~ @named or position('/people/' || @id in link) > 0`,
	},
	{
		[]string{"notice/about"},
		`update notice
		set about = rtrim(replace(about || ':', ':' || @id || ':', ':' || @key || ':'), ':')
		where position(':' || @id || ':' in about || ':') > 0`,
	},
	{
		[]string{"claim/assessment"},
		`update claim set assessment = regexp_replace(assessment::text, @written, @erased, 'g')::jsonb where assessment::text ~ @written`,
	},
	{
		[]string{"handover/actions"},
		`update handover set actions = regexp_replace(actions::text, @written, @erased, 'g')::jsonb where actions::text ~ @written`,
	},
	{
		[]string{"mail_state/failing_says"},
		`update mail_state
		set failing_says = 'The mail server does not take mail.'
		where exists (select from unnest(@addresses::text[]) address where position(address in lower(failing_says)) > 0)`,
	},
	{[]string{"audit_content/*"}, forgetSQL},
}

// forgetSQL takes their names, addresses and words away that lie beside the log's chain: all of rows about them; of
// what they did all about people, accounts, claims and what was said in confidence; and of every other row that tells
// their name, their id or an address.
const forgetSQL = `
delete from audit_content
using audit_event
where audit_event.id = audit_content.event_id and (
	audit_event.noun in ('person', 'account') and audit_event.noun_id = any(@keys)
	or audit_event.actor_id = any(@keys) and audit_event.noun in ('person', 'account', 'claim', 'review', 'invite', 'audit')
	or exists (select from unnest(@ids::text[]) id where position(to_json(id)::text in audit_content.details::text) > 0)
	or audit_content.details::text ~ @written
	or exists (select from unnest(@addresses::text[]) address where position(address in lower(audit_content.details::text)) > 0)
)`
