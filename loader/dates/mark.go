package dates

// class is what a folded code point can be to the rules.
type class uint8

const (
	classSentence class = 1 << iota // ends a sentence
	classClause                     // ends a clause: also commas and bullets, as package fold leaves them
	classBullet                     // stands before an entry
	classNumeral                    // may stand in a number
	classMark                       // encloses titles or quotes
	classReign                      // begins the name of a reign
	classCounted                    // may follow the number of a date
	classWild                       // begins a date whatever follows
)

// classes holds the class of every code point of the first plane.
var classes = func() (t [1 << 16]class) {
	for _, c := range []struct {
		runes string
		class class
	}{
		{"。!?;", classSentence | classClause},
		{",:()【】", classClause}, // a comma also stands in numbers (1,600), which does no harm here
		{"△▲※☆★◆◇■□●◎⊙", classClause | classBullet},
		{"0123456789〇零一二三四五六七八九十廿卅百两", classNumeral},
		{"《》〈〉\"", classMark}, // package fold leaves one quotation mark
		{reignStarts(), classReign},
		{"\"第朔望晦既闰前春夏秋冬", classWild},
		{"年月日号目曰lio-、·/(和及与至到起世个季期时规计以末初收开\"", classCounted},
	} {
		for _, r := range c.runes {
			t[r] |= c.class
		}
	}
	return t
}()

func classOf(r rune) class {
	if r >= 0 && r < 1<<16 {
		return classes[r]
	}
	return 0
}

func endsClause(r rune) bool { return classOf(r)&classClause != 0 }

func endsSentence(r rune) bool { return classOf(r)&classSentence != 0 }

func isNumeral(r rune) bool { return classOf(r)&classNumeral != 0 }

// mark is a mark that may enclose something, as the body has it.
type mark struct {
	r    rune
	at   int // of the folded code point in the text
	line int
}

// maxQuote is the length in code points up to which a pair of marks that do not tell opening from
// closing is believed to be a pair.
const maxQuote = 40

var pairs = []struct {
	opening, closing rune
	in               uint8
}{
	{'《', '》', titled}, {'〈', '〉', titled}, {'“', '”', quoted}, {'‘', '’', quoted}, {'「', '」', quoted}, {'『', '』', quoted},
	{'"', '"', quoted}, {'＂', '＂', quoted},
}

// enclose marks what stands inside 《》 and inside quotation marks. Marks without a partner in their paragraph enclose
// nothing: in print one of a pair is often missing.
func enclose(in []uint8, marks []mark) {
	if len(marks) == 0 {
		return
	}
	for _, pair := range pairs {
		opened, line := -1, -1
		for _, m := range marks {
			if m.line != line {
				opened, line = -1, m.line
			}
			switch {
			case m.r == pair.closing && opened >= 0:
				if pair.opening != pair.closing || m.at-opened <= maxQuote {
					for j := opened + 1; j < m.at; j++ {
						in[j] |= pair.in
					}
					opened = -1
				} else {
					opened = m.at
				}
			case m.r == pair.opening:
				opened = m.at
			}
		}
	}
}
