package server

import (
	"net/http"
	"testing"
	"time"

	"skein/internal/skein"
	"skein/web/path"
)

// roles are somebody's roles now.
func (h *house) roles(person skein.PersonID) string {
	h.Helper()
	return h.text(`select coalesce(string_agg(kind || coalesce(':' || circle_id, '') || case when from_group is null then '' else '*' end, ' ' order by kind, circle_id), '') from hat where person_id = $1`, person)
}

func TestGroupsGiveRolesAndTakeThem(t *testing.T) {
	t.Parallel()
	h, there := connected(t)
	h.circle("Leaks", "")
	owen := h.person("Owen Pell", administrator)
	noor := h.person("Noor Basri", executive)
	admin := h.as(owen)
	admin.get(path.AdminSignIn).is(http.StatusOK).says("main", "No group gives a role.").says("main", "a Corriemere account")
	for _, form := range [][]string{
		{"group", "water/admins", "hat", "administrator"},
		{"group", "water/all", "hat", "executive"},
		{"group", "leaks", "hat", "steward", "circle", "leaks"},
		{"group", "leaks", "hat", "steward", "circle", "leaks"},
	} {
		admin.post(path.AddGroupRole, form...).goesTo(path.AdminSignIn + "#groups")
	}
	if n := h.count(`select count(*) from audit_told where action = 'organisation.group_role'`); n != 3 {
		t.Errorf("%d rows", n)
	}
	comes := func(want string, groups ...string) {
		t.Helper()
		there.Says(somebody("1", noorEmail, groups...))
		h.anonymous().arrives().is(http.StatusSeeOther)
		if got := h.roles(noor); got != want {
			t.Fatalf("in %v: %q, want %q", groups, got, want)
		}
	}
	comes("administrator* executive steward:leaks*", "water/admins", "water/all", "leaks", "others")
	admin.get(path.AdminPerson("noor-basri")).says("main", "By the group “leaks”.")
	admin.get(path.AdminSignIn).says("#groups", "One person has it by this group now.")
	comes("executive steward:leaks*", "leaks", "Water/Admins")
	admin.post(path.GiveHat("noor-basri"), "hat", "steward", "circle", "leaks").is(http.StatusSeeOther)
	comes("executive steward:leaks") // by hand now, so that no group takes it
	for action, want := range map[string]int{"hat.give": 3, "hat.take": 1} {
		if n := h.count(`select count(*) from audit_told where action = $1 and noun_id = $2`, action, noor); n != want {
			t.Errorf("%d rows of %s, want %d", n, action, want)
		}
	}
	admin.get(path.AdminAudit).says("main", "By the group “water/admins”.")
	admin.get(path.Notices).says("main", "Noor Basri has a role by a group of the organisation’s: administrator.")
	comes("administrator* executive steward:leaks", "water/admins")
	id := h.text(`select id::text from group_role where name = 'water/admins'`)
	admin.post(path.DropGroupRole, "group", id).goesTo(path.AdminSignIn + "#groups")
	admin.post(path.DropGroupRole, "group", id).is(http.StatusNotFound)
	comes("executive steward:leaks", "water/admins")
}

func TestWhereGroupsAreNotSaidRolesStay(t *testing.T) {
	t.Parallel()
	h, there := connected(t)
	noor := h.person("Noor Basri")
	h.exec(`insert into group_role (name, kind, made_at) values ('all', 'executive', $1), ('every', 'executive', $1)`, wall)
	there.Says(somebody("1", noorEmail, "all", "every"))
	h.anonymous().arrives().is(http.StatusSeeOther)
	claims := somebody("1", noorEmail)
	claims["groups"] = 7
	there.Says(claims)
	h.anonymous().arrives().is(http.StatusSeeOther)
	if got := h.roles(noor); got != "executive*" {
		t.Error(got)
	}
	there.Says(somebody("1", noorEmail, "every")) // by the other from now on: nothing is told
	told := h.count(`select count(*) from notice`)
	h.anonymous().arrives().is(http.StatusSeeOther)
	if got := h.text(`select from_group from hat where person_id = $1`, noor); got != "every" || h.count(`select count(*) from notice`) != told {
		t.Error(got)
	}
}

// No group takes the last administrator's role; once there is another, it goes.
func TestNoGroupTakesTheLastAdministrator(t *testing.T) {
	t.Parallel()
	h, there := connected(t)
	noor := h.person("Noor Basri")
	h.exec(`insert into hat (person_id, kind, given_at, from_group) values ($1, 'administrator', $2, 'admins')`, noor, wall)
	there.Says(somebody("1", noorEmail))
	h.anonymous().arrives().is(http.StatusSeeOther)
	if got := h.roles(noor); got != "administrator*" {
		t.Fatal(got)
	}
	h.person("Owen Pell", administrator)
	h.anonymous().arrives().is(http.StatusSeeOther)
	if got := h.roles(noor); got != "" {
		t.Fatal(got)
	}
}

func TestPasswordsCanBeSwitchedOff(t *testing.T) {
	t.Parallel()
	h, there := connected(t)
	owen, noor := h.person("Owen Pell", administrator), h.person("Noor Basri")
	judith := h.person("Judith Orme", administrator)
	h.password(noor, secret)
	admin := h.as(owen)
	off := func(named ...string) *answer {
		form := []string{"passwords", "off"}
		for _, id := range named {
			form = append(form, "named", id)
		}
		return admin.post(path.SetPasswords, form...)
	}
	off().is(http.StatusUnprocessableEntity).says("main", "Name an administrator who has a password")
	off("owen-pell").is(http.StatusUnprocessableEntity).says("main", "Name an administrator who has a password")
	off("noor-basri").is(http.StatusUnprocessableEntity).says("main", "no administrator any more")
	admin.post(path.SetPasswords, "passwords", "no").is(http.StatusUnprocessableEntity)
	h.password(owen, secret)
	h.password(judith, secret)
	link := h.invited("noor-basri")
	off("owen-pell").goesTo(path.AdminSignIn + "#passwords")
	if n := h.count(`select count(*) from audit_told where action in ('organisation.passwords', 'account.keep_password')`); n != 2 {
		t.Errorf("%d rows", n)
	}
	h.anonymous().get(path.SignIn).says("main", "for administrators who are named for it")
	for _, email := range []string{noorEmail, "judith.orme@corriemere.example", "nobody@corriemere.example"} {
		h.anonymous().signIn(email, secret).is(http.StatusUnprocessableEntity).says("main", "Passwords are switched off here")
	}
	h.anonymous().signIn("owen.pell@corriemere.example", secret).goesTo(path.Home)
	// No link sets one, and none is made.
	h.anonymous().get(link).is(http.StatusForbidden).says("h1", "Passwords are switched off here")
	h.anonymous().post(link, "password", "four unrelated words here").is(http.StatusForbidden)
	admin.post(path.InvitePerson("noor-basri")).is(http.StatusForbidden).says("main", "Passwords are switched off")
	admin.post(path.AdminInvitations, "step", "all").is(http.StatusForbidden)
	admin.get(path.AdminPerson("noor-basri")).says("#door", "Passwords are switched off")
	b := h.as(noor)
	b.get(path.SettingsSignIn).says("main", "Passwords are switched off here")
	b.post(path.SettingsPassword, "old", secret, "password", "four unrelated words here").is(http.StatusForbidden)
	there.Says(somebody("1", noorEmail))
	h.anonymous().arrives().goesTo(path.Home)
	h.keepsOne(admin, judith)
	admin.post(path.SetPasswords, "passwords", "on").goesTo(path.AdminSignIn + "#passwords")
	h.anonymous().signIn(noorEmail, secret).goesTo(path.Home)
}

// keepsOne sees that the one who comes in by a password stays an administrator, and stays.
func (h *house) keepsOne(admin *browser, other skein.PersonID) {
	h.Helper()
	for _, try := range []struct {
		at   string
		form []string
	}{
		{path.TakeHat("owen-pell"), []string{"hat", "administrator"}},
		{path.DeactivatePerson("owen-pell"), nil},
	} {
		h.as(other).post(try.at, try.form...).is(http.StatusForbidden).says("main", "the only administrator who is named")
	}
	admin.post(path.SetPasswords, "passwords", "off", "named", "owen-pell", "named", string(other)).is(http.StatusSeeOther)
	admin.post(path.TakeHat(string(other)), "hat", "administrator").is(http.StatusSeeOther)
	h.later(time.Minute) // nobody waits for a try before
	// The name stays and opens nothing: it is an administrator's alone.
	h.anonymous().signIn("judith.orme@corriemere.example", secret).is(http.StatusUnprocessableEntity)
	if ids := h.text(`select string_agg(person_id, ' ' order by person_id) from account where keeps_password`); ids != "judith-orme owen-pell" {
		h.Error(ids)
	}
}
