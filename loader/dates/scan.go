package dates

import "fangzhi/internal/trie"

// scan reads every date of the line.
func (l *line) scan() {
	sentence, counted := 0, 0
	for i := 0; i < len(l.r); {
		r := l.r[i]
		if r >= 1<<16 || starts[r] == 0 {
			i++
			continue
		}
		if isNumeral(r) {
			// Most numbers count something else, which their next code point shows.
			j := i + 1
			for j < len(l.r) && isNumeral(l.r[j]) {
				j++
			}
			if classOf(l.rune(j))&classCounted == 0 {
				i = j
				continue
			}
		}
		if !isNumeral(r) && !seconds.May(r, l.rune(i+1)) && classOf(r)&classWild == 0 {
			i++
			continue
		}
		m, end := l.readAt(i, starts[r])
		if end <= i {
			i++
			continue
		}
		if m != nil && !vetoed(l, m, i, end) {
			for ; counted < i; counted++ {
				if endsSentence(l.r[counted]) {
					sentence++
				}
			}
			m.line, m.first, m.last, m.sentence = l, i, end, sentence
			if m.from.reign != 0 || m.form == formReign || m.from.foreign {
				m.first = l.reignStart(i, m.from.foreign)
			}
			if m.repaired == "" && m.from.hasYear {
				for _, r := range l.r[i:end] {
					if r == 'l' || r == 'i' {
						m.repaired = l.words(i, end) + "→" + yearText(m.from.year)
					}
				}
			}
			m.govern()
			l.mentions = append(l.mentions, m)
		}
		if i = end; m != nil {
			i = max(end, m.resume)
		}
	}
}

// readAt reads a date at i. nil with an end behind i is something that looks like a date and is none.
func (l *line) readAt(i int, bits uint16) (*mention, int) {
	for k := 0; bits != 0; k, bits = k+1, bits>>1 {
		if bits&1 == 0 {
			continue
		}
		if m, end, ok := forms[k].read(l, i); ok {
			if m != nil {
				m.form = forms[k].name
			}
			return m, end
		}
	}
	return nil, i
}

// starts holds for every code point of the first plane which forms can begin with it, a bit each.
var starts [1 << 16]uint16

// seconds are the pairs of code points that a date can begin with: a start alone is often part of another word (classWild has
// those that anything may follow).
var seconds trie.Pairs

func init() {
	for k, f := range forms {
		begins := f.starts
		switch f.name {
		case formReign:
			begins = reignStarts() + "农阴旧夏"
		case formDay, formMonth, formQuarter, formYear:
			begins += reignStarts()
		}
		for _, r := range begins {
			starts[r] |= 1 << k
		}
	}
	add := seconds.Add
	for _, list := range []*wordList{yearWords, lunarPrefixes, solarPrefixes, halves, feastNames, lunarMonthNames, sameMonthWords,
		words("公元", "元月", "元年", "上世", "上旬", "中旬", "下旬", "月初", "月底", "月末")} {
		for _, w := range list.words {
			add(w[0], w[min(1, len(w)-1)])
		}
	}
	for _, names := range reignNames() {
		for _, n := range names {
			w := []rune(n.name)
			add(w[0], w[1])
		}
	}
	for _, p := range periods {
		w := []rune(p.text)
		add(w[0], w[1])
	}
	for _, p := range yearParts {
		w := []rune(p.text)
		add(w[0], w[1])
	}
	for _, r := range "一二三四五六七八九十" {
		add('初', r)
	}
	for _, a := range stems {
		for b := range branchOf {
			add(a, b)
		}
	}
	for _, a := range misreads {
		for _, b := range numerals {
			add(a, b)
		}
	}
}

// atStart tells whether i opens the paragraph, behind bullets.
func (l *line) atStart(i int) bool { return i <= l.lead }

// startsClause tells whether a clause starts at i.
func (l *line) startsClause(i int) bool { return i <= l.lead || endsClause(l.r[i-1]) }
