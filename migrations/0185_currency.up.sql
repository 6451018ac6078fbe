-- What stands before a sum of money: a sign, or the letters of a currency.
alter table organisation
    add constraint organisation_currency_said check (currency ~ '^[^[:space:][:digit:]]{1,5}$');
