package skein

import "regexp"

// Currencies are signs that many organisations write before a sum; others are typed.
var Currencies = []string{"£", "€", "$", "CHF", "kr", "zł", "¥", "₹"}

// currency is a sign or letters, such as £, CHF or R$: no digit, no space, since a number follows.
var currency = regexp.MustCompile(`^[\p{Sc}\p{L}][\p{Sc}\p{L}.]{0,4}$`)

// CheckCurrency reports what cannot stand before a sum of money.
func CheckCurrency(sign string) error {
	var bad Invalid
	bad.Add(!currency.MatchString(sign), "currency", "Say it by its sign or its letters, five at most: £, €, CHF.")
	return bad.Err()
}
