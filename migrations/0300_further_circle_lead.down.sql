drop trigger further_circle_lead_removed on further_circle;
drop trigger further_circle_lead_added on further_circle;
