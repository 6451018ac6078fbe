drop table further_circle;
