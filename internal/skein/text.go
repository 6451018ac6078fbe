package skein

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Composed is a text in Unicode's Normalization Form C, so that what looks the same is the same:
// "é" is one character, however it was typed.
func Composed(text string) string { return norm.NFC.String(text) }

// Blank tells whether nothing of a text can be seen: it is empty, or made of spaces, marks and
// characters without a shape, such as U+200B and U+2800.
func Blank(text string) bool { return !strings.ContainsFunc(text, visible) }

// unshaped are characters that Unicode counts as letters, symbols or marks and nobody can see.
// Sources: Other_Default_Ignorable_Code_Point and Variation_Selector in Unicode's PropList; U+2800
// is the Braille pattern without a dot.
var unshaped = []*unicode.RangeTable{
	unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector,
	{R16: []unicode.Range16{{Lo: 0x2800, Hi: 0x2800, Stride: 1}}},
}

// shaped are the kinds of characters that show something by themselves.
var shaped = []*unicode.RangeTable{unicode.L, unicode.N, unicode.P, unicode.S}

func visible(r rune) bool {
	if r < utf8.RuneSelf {
		return r > ' ' && r != 0x7F
	}
	return unicode.IsOneOf(shaped, r) && !unicode.IsOneOf(unshaped, r)
}

// Name notes what is wrong with a name, or another text of one line that must be there: missing says
// that it is not. See Short.
func (e *Invalid) Name(field, text, missing string) { e.one(field, text, shortFault(text), missing) }

// Short notes what a name, or another text of one line, may not hold: characters that cannot be seen,
// by which it could pass for another one or turn round the text beside it. It may be empty.
func (e *Invalid) Short(field, text string) { e.one(field, text, shortFault(text), "") }

// Words notes what is wrong with a text of several lines that must be there: missing says that it is
// not. See Long.
func (e *Invalid) Words(field, text, missing string) { e.one(field, text, longFault(text), missing) }

// Long notes what a text of several lines may not hold: control characters but line ends and tabs, and
// those that turn round the text beside them. Marks of direction, which end with their word, may stand.
// It may be empty.
func (e *Invalid) Long(field, text string) { e.one(field, text, longFault(text), "") }

// one notes one sentence at most: the fault, or that nothing can be seen where something should be.
func (e *Invalid) one(field, text, fault, missing string) {
	switch {
	case fault != "":
		e.Add(true, field, fault)
	case missing != "":
		e.Add(Blank(text), field, missing)
	default:
		e.Add(strings.TrimSpace(text) != "" && Blank(text), field, "Nothing of it can be seen. Write it in letters.")
	}
}

func shortFault(text string) string {
	if at, r := unseen(text); at >= 0 {
		return hidden(r)
	}
	return ""
}

func longFault(text string) string {
	for _, r := range text {
		if Unprintable(r) && r != '\n' && r != '\t' {
			return hidden(r)
		}
	}
	return ""
}

func hidden(r rune) string {
	return fmt.Sprintf("A character in it cannot be seen (U+%04X). Take it out, or type the words again.", r)
}

// Unprintable tells of characters that no text may hold and no terminal may get as they are: controls,
// line and paragraph separators, and those that set the direction of whatever follows them.
func Unprintable(r rune) bool {
	return unicode.IsControl(r) || r == 0x2028 || r == 0x2029 || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069
}

// unseen finds the first character that no name may hold, and where it is; -1 where there is none.
// A joiner (U+200C, U+200D) may stand between what can be seen: emoji and Persian need it.
func unseen(text string) (int, rune) {
	before := rune(0)
	for at, r := range text {
		switch {
		case r < utf8.RuneSelf && r >= ' ' && r != 0x7F:
		case r == 0x200C || r == 0x200D:
			after, size := utf8.DecodeRuneInString(text[at+utf8.RuneLen(r):])
			if size == 0 || !joined(before) || !joined(after) {
				return at, r
			}
		case Unprintable(r), unicode.Is(unicode.Cf, r) && !unicode.Is(unicode.Prepended_Concatenation_Mark, r):
			return at, r
		}
		before = r
	}
	return -1, 0
}

func hasUnseen(text string) bool {
	at, _ := unseen(text)
	return at >= 0
}

// joined tells whether a character may stand beside a joiner: what can be seen, or a mark upon it.
func joined(r rune) bool { return visible(r) || unicode.Is(unicode.M, r) && r != 0x34F }

// Tidy is a text without what no name may hold.
func Tidy(text string) string {
	for at, r := unseen(text); at >= 0; at, r = unseen(text) {
		instead := ""
		if unicode.IsSpace(r) {
			instead = " "
		}
		text = text[:at] + instead + text[at+utf8.RuneLen(r):]
	}
	return strings.Join(strings.Fields(text), " ")
}

// OneSpace is a name in which spaces that stand beside each other are one: pages show it so, and nobody would tell the
// two apart.
func OneSpace(name string) string {
	before := false
	return strings.Map(func(r rune) rune {
		space := unicode.Is(unicode.Zs, r)
		again := space && before
		if before = space; again {
			return -1
		}
		return r
	}, name)
}

const reservedSays = "In an address this id leads to another page. Choose another one."

// CheckID reports what is wrong with an id as a file has it, or as somebody chooses it. Ids stay as they
// are otherwise.
func CheckID(id string) error {
	var bad Invalid
	bad.Short("id", id)
	bad.Add(ReservedID(id), "id", reservedSays)
	return bad.Err()
}

// MaxID is the most bytes an id has: ids stand in indexes.
const MaxID = 200

// CheckNewID reports what is wrong with an id that somebody chooses.
func CheckNewID(id string) error {
	var bad Invalid
	bad.Name("id", id, "Say which id.")
	bad.Add(id != strings.TrimSpace(id), "id", "An id begins and ends with a character that can be seen.")
	bad.Add(len(id) > MaxID, "id", fmt.Sprintf("An id has at most %d bytes.", MaxID))
	bad.Add(ReservedID(id), "id", reservedSays)
	return bad.Err()
}

// ReservedID tells of what is no id of anything, because browsers take it out of an address: they would
// open another page (RFC 3986, 5.2.4).
func ReservedID(id string) bool { return id == "." || id == ".." }

// ReservedProjectID tells of what is no project's id, because a page of its own stands at its address.
func ReservedProjectID(id ProjectID) bool { return id == "new" }

// NameKey is the same for two names that people would take for one: whatever the case, the width, the
// spaces and what cannot be seen. It is how all that people name is compared: themselves, skills and the
// ids in files.
func NameKey(name string) string {
	if plain(name) { // as most are
		return strings.Join(strings.Fields(strings.ToUpper(name)), " ")
	}
	folded := strings.Map(func(r rune) rune {
		if !joined(r) && !unicode.IsSpace(r) || unicode.IsOneOf(unshaped, r) {
			return -1
		}
		return fold(r)
	}, norm.NFKC.String(name))
	return strings.Join(strings.Fields(norm.NFC.String(folded)), " ")
}

// SkillKey is what is the same of a skill's name however it is written, as the database's skill_key() makes it.
func SkillKey(name string) string { return Folded(strings.Join(strings.Fields(name), " ")) }

// Folded is a text without case and accents, as the database's folded() makes it: a name is one however it is
// written so.
func Folded(words string) string {
	if len(words) == utf8.RuneCountInString(words) {
		return strings.ToLower(words)
	}
	bare := strings.Map(func(r rune) rune {
		if r >= 0x300 && r <= 0x36f || r == 0x2bb || r == 0x2bc {
			return -1
		}
		return r
	}, norm.NFKD.String(words))
	return norm.NFKC.String(foldedLetters.Replace(strings.ToLower(bare)))
}

// foldedLetters are letters whose strokes are no accents of their own.
var foldedLetters = strings.NewReplacer(
	"ø", "o", "Ø", "o", "ł", "l", "Ł", "l", "đ", "d", "Đ", "d", "ð", "d", "Ð", "d", "ı", "i", "ħ", "h", "Ħ", "h", "ŧ", "t", "Ŧ", "t",
	"ŋ", "n", "Ŋ", "n", "ß", "ss", "æ", "ae", "œ", "oe", "þ", "th",
)

// plain tells of a text in the printable characters of ASCII, whose upper case is what fold makes of it.
func plain(text string) bool {
	for i := range len(text) {
		if text[i] < ' ' || text[i] > '~' {
			return false
		}
	}
	return true
}

// fold is one of the forms of a letter that differ by case alone, always the same.
func fold(r rune) rune {
	least := r
	for other := unicode.SimpleFold(r); other != r; other = unicode.SimpleFold(other) {
		least = min(least, other)
	}
	return least
}
