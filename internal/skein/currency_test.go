package skein_test

import (
	"testing"

	"skein/internal/skein"
)

func TestCurrencies(t *testing.T) {
	t.Parallel()
	for _, sign := range append([]string{"R$", "NZ$", "Kč", "Fr.", "euro"}, skein.Currencies...) {
		if err := skein.CheckCurrency(sign); err != nil {
			t.Errorf("%s: %v", sign, err)
		}
	}
	for _, sign := range []string{"", " ", "5", "£5", "£ 5", ".", "dollar", "-", "€\n", "<b>", "\u202e€"} {
		if skein.CheckCurrency(sign) == nil {
			t.Errorf("%q can stand before a sum", sign)
		}
	}
}
