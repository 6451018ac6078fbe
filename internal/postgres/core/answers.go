package core

// OwnerColumns are skein.Answers of what names a person as its owner: it reads them as person, joined from
// the left, and the day as @today.
const OwnerColumns = `
		coalesce(person.name, '') as owner_name,
		coalesce(not ` + ActiveToday + `, false) as owner_gone,
		coalesce(person.deactivated_at is null and person.active_from > @today, false) as owner_coming,
		coalesce((
			select person.name
			from hat
			join person on person.id = hat.person_id
			where hat.kind = 'executive' and ` + ActiveToday + `
			order by folded(person.name), person.id
			limit 1
		), '') as next_owner`
