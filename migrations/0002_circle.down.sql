drop table circle;
drop function circle_stays_a_tree();
