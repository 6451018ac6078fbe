package page

import "skein/internal/words"

func dotFill(lead bool) string {
	if lead {
		return "fill-dawn"
	}
	return "fill-ink"
}

func dotSize(lead bool) string {
	if lead {
		return "5"
	}
	return "4"
}

// dotWords says the dots to whoever does not see them.
func dotWords(dots []bool) string {
	for _, lead := range dots {
		if lead {
			return words.Number(len(dots)) + ", whoever led among them"
		}
	}
	return words.Number(len(dots))
}
