-- Links that go out by mail. The secret part of one is reckoned from its id with the servers' secret when the mail is
-- written; until then no token has its hash, so that whoever reads these tables can open nothing.
alter table invitation
    add column id uuid not null default uuid_v7(),
    add column mailed boolean not null default false,
    -- set: whoever uses the link signs in with this address from then on; else it sets a password
    add column email text,
    -- what the mail server said when it would not have the mail
    add column refused text,
    add constraint invitation_id_once unique (id),
    add constraint invitation_address_is_mailed check (email is null or (mailed and person_id is not null));

-- Mails of the door: links, and word of what became of an account. The link is named and not referred to: a backup
-- holds mails and no links, and a mail whose link is gone is dropped.
alter table mail
    add column door text,
    add column link_id uuid,
    -- where it goes, if not where its person or its link says
    add column address text,
    drop constraint mail_is_of_one_thing,
    add constraint mail_is_of_one_thing check (num_nonnulls(notice_id, week, door) = 1),
    add constraint mail_door_known check (door in ('invite', 'password', 'confirm', 'set', 'moved')),
    add constraint mail_door_links check ((link_id is not null) = coalesce(door in ('invite', 'password', 'confirm'), false));

-- Whoever came in by a link has come in, and may get mail.
update account
set signed_in_at = used.at
from (select person_id, max(used_at) as at from invitation group by person_id) used
where used.person_id = account.person_id and account.signed_in_at is null and used.at is not null;
