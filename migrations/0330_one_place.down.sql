drop index one_place_beside;
