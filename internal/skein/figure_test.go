package skein_test

import (
	"testing"

	"skein/internal/skein"
)

func TestReadFigure(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]float64{
		"4": 4, "6,5": 6.5, "6.5": 6.5, "0,5": 0.5, ",5": 0.5, ".25": 0.25, "3,50": 3.5, "0.125": 0.125, "0,125": 0.125, "1234,5": 1234.5,
		"1,234.5": 1234.5, "1.234,5": 1234.5, "1 234,5": 1234.5, "1'234.5": 1234.5, "1’234’567": 1234567, "12 000": 12000, "12\u00a0000": 12000,
		"1,234,567": 1234567, "1.234.567": 1234567, "-2": -2, "\u22122,5": -2.5, "1234.567": 1234.567, "11.2345": 11.2345,
	} {
		for _, of := range []skein.Figure{skein.Measure, skein.Money} {
			if n, _, ok := skein.ReadFigure(typed, of); !ok || n != want {
				t.Errorf("%q is %v, %v, want %v", typed, n, ok, want)
			}
		}
	}
	for typed, want := range map[string]float64{
		"3.000": 3000, "3,000": 3000, "3.000 €": 3000, "€ 3.000,50": 3000.5, "£3,000": 3000, "3000 EUR": 3000, "CHF 3'000.-": 3000,
		"Fr. 500": 500, "500,-": 500, "kr 1 000": 1000, "1 000 kr.": 1000, "-£5": -5, "0.125": 0.125,
	} {
		if n, _, ok := skein.ReadFigure(typed, skein.Money); !ok || n != want {
			t.Errorf("money: %q is %v, %v, want %v", typed, n, ok, want)
		}
	}
	for _, typed := range []string{"3.000", "1,000", "12,500", "-3.000"} {
		if n, both, ok := skein.ReadFigure(typed, skein.Measure); ok || !both {
			t.Errorf("%q is %v, and could be two things", typed, n)
		}
	}
	for _, typed := range []string{
		"", "x", "4 hours", "NaN", "Inf", "1e3", "0x10", "1,2,3", "1.2.3", "1,23.4.5", "12,34,567", "1 2", "1,234,5", "--2", "2000000000", "4.", "5-", "½", "1_000",
	} {
		if n, both, ok := skein.ReadFigure(typed, skein.Measure); ok || both {
			t.Errorf("%q is read as %v", typed, n)
		}
	}
	for _, typed := range []string{"", "€", "EUR", "3 € 4", "ten", "1.2.3 €"} {
		if n, _, ok := skein.ReadFigure(typed, skein.Money); ok {
			t.Errorf("money: %q is read as %v", typed, n)
		}
	}
}
