package graph

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"fangzhi/fold"
)

// NameForms are the forms of an entity's name as a NameMatcher reads them: for Name and then each of the Aliases the folded form
// and its pinyin (EntityData.Pinyin), each of the two ended by a NUL.
type NameForms string

// NameForms returns the forms of the name.
func (d *EntityData) NameForms() NameForms {
	var b strings.Builder
	for i := range len(d.Aliases) + 1 {
		b.WriteString(strings.ReplaceAll(fold.String(d.form(i)), "\x00", ""))
		b.WriteByte(0)
		if i < len(d.Pinyin) {
			b.WriteString(d.Pinyin[i])
		}
		b.WriteByte(0)
	}
	return NameForms(b.String())
}

// form returns the name for 0, and the aliases for the numbers from 1 on.
func (d *EntityData) form(i int) string {
	if i == 0 {
		return d.Name
	}
	return d.Aliases[i-1]
}

// each visits the forms until visit returns false.
func (f NameForms) each(visit func(folded, pinyin string) bool) {
	for rest := string(f); rest != ""; {
		var folded, pinyin string
		folded, rest, _ = strings.Cut(rest, "\x00")
		pinyin, rest, _ = strings.Cut(rest, "\x00")
		if !visit(folded, pinyin) {
			return
		}
	}
}

// The terms of a name begin with a letter that says what follows it. NameTerms asks for them.
const (
	termCharacter = 'c' // a character of a folded form
	termSyllable  = 's' // a reading of a syllable
	termFirst     = 'f' // the first letter of a form in pinyin
	termInitials  = 'p' // the first letters of two syllables, one behind the other
)

// Terms visits what a name can be found by, some of it more than once. A term is valid during the call.
func (f NameForms) Terms(visit func(term []byte)) {
	var buffer [16]byte
	f.each(func(folded, pinyin string) bool {
		for folded != "" {
			_, n := utf8.DecodeRuneInString(folded)
			visit(append(append(buffer[:0], termCharacter), folded[:n]...))
			folded = folded[n:]
		}
		before := ""
		for first := true; pinyin != ""; first = false {
			var syllable string
			syllable, pinyin, _ = strings.Cut(pinyin, " ")
			eachReading(syllable, func(reading string) {
				visit(append(append(buffer[:0], termSyllable), reading...))
				if first {
					visit(append(buffer[:0], termFirst, reading[0]))
				}
				eachReading(before, func(previous string) { visit(append(buffer[:0], termInitials, previous[0], reading[0])) })
			})
			before = syllable
		}
		return true
	})
}

// eachReading visits the readings of a syllable.
func eachReading(syllable string, visit func(reading string)) {
	for syllable != "" {
		var reading string
		if reading, syllable, _ = strings.Cut(syllable, "/"); reading != "" {
			visit(reading)
		}
	}
}

// The ranks of a match, for the canonical name; an alias is one more.
const (
	rankExact = 2 * iota
	rankPrefix
	rankInside
	rankPinyin
	rankPinyinPrefix
	rankInitials
	rankInitialsPrefix
	rankPinyinInside
	rankInitialsInside
)

// A NameMatcher tells how a text matches the names of entities. From the best: a name is the text, begins with it,
// contains it; its pinyin is the text, begins with it; its initials are, begin with it; a later part of its pinyin,
// of its initials begins with it. The canonical name goes before an alias. Only texts of Latin letters are taken for pinyin.
type NameMatcher struct {
	text string
	// letters is the text as pinyin is typed: a to z alone, ü as v; "" for other texts.
	letters string
}

// NewNameMatcher returns the matcher of a text, which is folded and not "".
func NewNameMatcher(text string) NameMatcher {
	m := NameMatcher{text: text}
	var letters strings.Builder
	for _, r := range text {
		switch {
		case r >= 'a' && r <= 'z':
			letters.WriteRune(r)
		case r == 'ü':
			letters.WriteByte('v')
		case unicode.IsPunct(r): // xi'an, yun-he
		default:
			return m
		}
	}
	m.letters = letters.String()
	return m
}

// Match returns the best rank, the less the better, and the number of the form that has it: 0 for the canonical name, from 1 on
// the aliases. The rank is below zero where none matches.
func (m *NameMatcher) Match(forms NameForms) (rank, form int) {
	rank = -1
	i := 0
	forms.each(func(folded, pinyin string) bool {
		n := m.rank(folded, pinyin)
		if n >= 0 && i > 0 {
			n++
		}
		if n >= 0 && (rank < 0 || n < rank) {
			rank, form = n, i
		}
		i++
		return rank < 0 || rank > rankExact+1 // else no alias is better
	})
	return rank, form
}

// rank returns how the text matches a form of a name, below zero for not at all.
func (m *NameMatcher) rank(folded, pinyin string) int {
	switch i := strings.Index(folded, m.text); {
	case folded == m.text:
		return rankExact
	case i == 0:
		return rankPrefix
	case i > 0:
		return rankInside
	}
	if m.letters == "" {
		return -1
	}
	begins, whole := spells(pinyin, m.letters, false)
	beginsInitials, wholeInitials := spells(pinyin, m.letters, true)
	switch {
	case whole:
		return rankPinyin
	case begins:
		return rankPinyinPrefix
	case wholeInitials:
		return rankInitials
	case beginsInitials:
		return rankInitialsPrefix
	}
	if len(m.letters) == 1 { // which stands in nearly every name
		return -1
	}
	inside, syllable := -1, 0
	for i := range len(pinyin) - 1 { // a reading begins behind i
		switch pinyin[i] {
		case ' ':
			syllable = i + 1
		case '/':
		default:
			continue
		}
		if syllable == 0 || pinyin[i+1] != m.letters[0] {
			continue
		}
		if begins, _ := spells(pinyin[syllable:], m.letters, false); begins {
			return rankPinyinInside
		}
		if inside < 0 {
			if begins, _ := spells(pinyin[syllable:], m.letters, true); begins {
				inside = rankInitialsInside
			}
		}
	}
	return inside
}

// spells tells whether the letters are the beginning of a reading of the syllables, and whether the whole of one; with initials it
// looks at the first letters of readings alone.
func spells(syllables, letters string, initials bool) (begins, whole bool) {
	if letters == "" {
		return true, syllables == ""
	}
	for from := 0; from < len(syllables); {
		to := from
		for to < len(syllables) && syllables[to] != '/' && syllables[to] != ' ' {
			to++
		}
		reading := syllables[from:to]
		if initials && reading != "" {
			reading = reading[:1]
		}
		if rest, ok := strings.CutPrefix(letters, reading); ok && reading != "" {
			_, others, _ := strings.Cut(syllables[to:], " ")
			b, w := spells(others, rest, initials)
			begins, whole = begins || b, whole || w
		} else if strings.HasPrefix(reading, letters) {
			begins = true
		}
		if to < len(syllables) && syllables[to] == ' ' {
			break
		}
		from = to + 1
	}
	return begins, whole
}

// NameTerms ask for the terms of a name (NameForms.Terms): all of All and, where it is not "", one that begins with Prefix.
type NameTerms struct {
	All    []string
	Prefix string
}

// Candidates returns what an engine with lists of terms has to look at: whatever the text matches meets at least one of these,
// and what meets one may match. So only names that have all characters of the text in common with it are matched, or the syllables
// that its letters can begin with.
func (m *NameMatcher) Candidates() []NameTerms {
	var characters NameTerms
	for _, r := range m.text {
		characters.All = append(characters.All, string(termCharacter)+string(r))
	}
	all := []NameTerms{characters}
	n := len(m.letters)
	switch n {
	case 0:
		return all
	case 1:
		return append(all, NameTerms{All: []string{string(termFirst) + m.letters}})
	}
	var initials NameTerms
	for i := range n - 1 {
		initials.All = append(initials.All, string(termInitials)+m.letters[i:i+2])
	}
	all = append(all, initials)
	for i := 1; i < n; i++ { // a syllable that ends there, and one behind it that begins there
		all = append(all, NameTerms{All: []string{string(termSyllable) + m.letters[:i], string(termInitials) + m.letters[:1] + m.letters[i:i+1]}})
	}
	return append(all, NameTerms{Prefix: string(termSyllable) + m.letters})
}
