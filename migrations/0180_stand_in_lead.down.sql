drop trigger stand_in_lead_removed on stand_in;
drop trigger stand_in_lead_changed on stand_in;
drop trigger stand_in_lead_added on stand_in;
