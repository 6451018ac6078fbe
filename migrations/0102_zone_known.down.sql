drop trigger organisation_zone_is_known on organisation;
drop function organisation_zone_is_known();
