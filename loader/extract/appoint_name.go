package extract

import (
	"slices"
	"strings"

	"fangzhi/lexicon"
)

// markAppointments sets boundaries of words where only the frame of an appointment shows them: behind X任 and 免去X, where the
// post begins; none are left inside X.
func (d *document) markAppointments(f *field) {
	d.markFrames(f)
	for i := 0; i < len(f.text); i++ {
		switch f.text[i] {
		case '同':
			if f.at(i+1) == '志' {
				f.inWord[i+1] = true
				f.wordEnd[i+2] = true
			}
		case '兼':
			if f.at(i+1) != '任' {
				f.wordEnd[i+1] = true // 副市长兼公安局局长
			}
		case '任':
			if next := f.at(i + 1); i == 0 || next == 0 || strings.ContainsRune(heldBefore, f.text[i-1]) || strings.ContainsRune("务命何职期免意凭满课性", next) || f.has(i+1, "教") && !f.has(i+1, "教育") && !f.has(i+1, "教体") && !f.has(i+1, "教科") || f.wordEnd[i+1] {
				continue
			}
			if c := f.text[i-1]; f.hadBefore(i, "同志") || c == '）' || c == ')' || strings.ContainsRune("担兼调改升转继接出提", f.text[i-1]) {
				f.wordEnd[i+1], f.word[i] = true, 1
				continue
			}
			if m, ok := d.nameEndingAt(f, i, max(0, i-maxForeign)); ok {
				f.wordEnd[i+1] = true
				f.word[i] = 1 // ends the name
				f.oneName(m.span)
			} else if nameBehindTitle(f, i) {
				f.wordEnd[i+1], f.word[i] = true, 1 // 公安局长王虎任副县长
			}
		case '为':
			if m, ok := d.nameEndingAt(f, i, max(0, i-maxForeign)); ok && (m.start == 0 || f.wordEnd[m.start] || !isHan(f.text[m.start-1])) {
				f.oneName(m.span)
			}
		case '免', '撤':
			if !f.has(i, "免去") && !f.has(i, "撤销") {
				continue
			}
			e := i + 2
			if f.at(e) == '：' {
				e++
			}
			if f.at(e) == '其' {
				f.wordEnd[e+1] = true
				continue
			}
			if n := d.nameBeforePost(f, e); n > 0 {
				f.wordEnd[e+n] = true
				f.oneName(span{e, e + n})
			}
		}
	}
}

// nameBehindTitle reports whether a likely name ends at e and the last character of a title stands before it.
func nameBehindTitle(f *field, e int) bool {
	for _, n := range []int{3, 2} {
		start := e - n
		if start < 2 || !strings.ContainsRune("长记任员席事", f.text[start-1]) || !allHan(f.text[start:e]) {
			continue
		}
		if _, size := lexicon.MatchTitle(f.text[start-2 : start]); size != 2 || titleInside(f.text[start:e]) {
			continue
		}
		if score, ok := lexicon.NameScore(f.text[start:e]); ok && score >= lexicon.NameScoreLikely {
			return true
		}
	}
	return false
}

// oneName keeps names of anything else from beginning inside a name: 家 of 祝家骏 is no word.
func (f *field) oneName(s span) {
	for k := s.start + 1; k < s.end; k++ {
		f.inWord[k] = true
	}
}

// nameBeforePost returns the code points of a name at e which the name of a division, and so a post, follows without 的;
// 0 for none.
func (d *document) nameBeforePost(f *field, e int) int {
	for _, n := range []int{3, 2, 4} {
		if e+n >= len(f.text) || !allHan(f.text[e:e+n]) {
			continue
		}
		s := f.text[e : e+n]
		surname := lexicon.Surname(s)
		if surname == 0 || n-surname > 2 || titleInside(s) || f.wordEnd[e+n] {
			continue
		}
		f.wordEnd[e+n] = true
		ok := d.prefixAt(f, e+n).length > 0
		f.wordEnd[e+n] = false
		if ok {
			return n
		}
	}
	return 0
}

// namesBefore reads the list of names that ends at e, not before from; endsAt are the names that have been read otherwise.
func (d *document) namesBefore(f *field, e, from int, endsAt map[int]*token) []nameMention {
	var names []nameMention
	for {
		if f.hadBefore(e, "同志") {
			e -= 2
		}
		if n := headCount(f, e); n > 0 && len(names) == 0 { // 选举甲等11人为
			e -= n
		}
		if c := f.at(e - 1); c == '）' || c == ')' { // 马某（女，回族）
			k := e - 2
			for k > from && e-k < 20 && f.at(k) != '（' && f.at(k) != '(' {
				k--
			}
			if skipBracket(f, k) == e {
				e = k
			}
		}
		m, ok := d.nameEndingAt(f, e, from)
		if t := endsAt[e]; t != nil && (!ok || t.anchored || t.listed) {
			m, ok = nameMention{t.span, t.name}, true
		}
		if !ok {
			return names
		}
		names = append(names, m)
		if c := f.at(m.start - 1); c != '、' && !isSpace(c) {
			slices.Reverse(names)
			return names
		}
		e = m.start - 1
	}
}

// headCount returns the code points of 等11人 or 等11名同志 right before e, 0 for none.
func headCount(f *field, e int) int {
	i := e
	for _, w := range []string{"人", "名", "位", "名同志", "位同志"} {
		if f.hadBefore(e, w) {
			i = min(i, e-len([]rune(w)))
		}
	}
	digits := i
	for isDigit(f.at(i - 1)) {
		i--
	}
	if i == digits || f.at(i-1) != '等' {
		return 0
	}
	return e - i + 1
}

// nameEndingAt reads the name that ends right before e and begins where a name may.
func (d *document) nameEndingAt(f *field, e, from int) (nameMention, bool) {
	if start := e - 1; start > from && isHan(f.at(start)) { // 王　珂
		k := start - 1
		for isSpace(f.at(k)) && start-k <= 3 {
			k--
		}
		if k < start-1 && k >= from && isHan(f.at(k)) && d.padsName(f.text[k], f.text[start]) && f.boundary(k) {
			return nameMention{span{k, e}, string([]rune{f.text[k], f.text[start]})}, true
		}
	}
	if k := e - 1; k > from { // 买买提·艾力
		n := 0
		for k-n > from && n < 16 && (isHan(f.at(k-n)) || isDot(f.at(k-n))) {
			n++
		}
		for ; n > 3; n-- {
			if m, ok := dottedName(f, e-n); ok && m.end == e && f.boundary(e-n) {
				return m, true
			}
		}
	}
	if m, ok := d.foreignEndingAt(f, e, from); ok && m.end-m.start > minForeign {
		return m, true
	}
	for _, n := range []int{3, 2, 4} {
		start := e - n
		if start < from || !allHan(f.text[start:e]) || !f.boundary(start) || f.word[start] > 0 {
			continue
		}
		s := f.text[start:e]
		surname := lexicon.Surname(s)
		if surname == 0 && n < 4 && lexicon.RareSurname(s[0]) {
			surname = 1
		}
		if surname == 0 || n == 4 && surname != 2 || n-surname > 2 && surname == 2 || strings.ContainsAny(string(s), "某×") || titleInside(s) && !endsLikeLevel(s) {
			continue
		}
		if score, ok := lexicon.NameScore(s); strings.ContainsRune(functionSurnames, s[0]) && (!ok || score < lexicon.NameScoreLikely) {
			continue
		}
		return nameMention{span{start, e}, string(s)}, true
	}
	return d.foreignEndingAt(f, e, from)
}
