package extract

import "fangzhi/loader/reading"

// partyWords end the names of those who come from elsewhere: 罗江区党政考察团.
var partyWords = newWordSet("考察团", "代表团", "学习团", "参观团", "访问团", "观摩团", "考察组", "学习组", "学习考察团", "考察学习团", "参观组", "代表队", "调研组", "观摩组", "慰问团", "交流团", "招商团")

const (
	maxLead    = 40 // from a post of theirs to the word that says they are led
	maxVisitor = 60 // from the party to the post
	maxParty   = 24 // from the division to the end of the party's name
)

// visitors returns the division that a party of visitors comes from, where the post at i can only be one of it: its holder
// leads the party (四川省德阳市罗江区党政考察团在区委书记甲带领下). The zero jurisdiction is the document's own.
func (d *document) visitors(f *field, i int) reading.Jurisdiction {
	if !levelChars.Has(f.at(i)) || !f.led(i) {
		return reading.Jurisdiction{}
	}
	for k := i - 1; k > 0 && i-k < maxVisitor && !isStop(f.text[k]); k-- {
		if f.text[k] != '团' && f.text[k] != '组' && f.text[k] != '队' || f.partyBefore(k+1) == 0 {
			continue
		}
		return d.home(f, k+1)
	}
	return reading.Jurisdiction{}
}

// led reports whether the clause of a post at i says that its holder leads a party.
func (f *field) led(i int) bool {
	for j := i + 2; j < len(f.text) && j-i < maxLead && f.text[j] != '，' && !isStop(f.text[j]); j++ {
		switch f.text[j] {
		case '带', '率':
			return f.has(j, "带领下") || f.has(j, "率领下") || f.has(j, "带队") || f.has(j, "率队") || f.has(j, "率团")
		case '陪':
			return false
		}
	}
	return false
}

// partyBefore returns the code points of a word of partyWords that ends at e, 0 for none.
func (f *field) partyBefore(e int) int {
	for n := 5; n >= 3; n-- {
		if f.prefixIn(e-n, partyWords) == n {
			return n
		}
	}
	return 0
}

// home returns the division whose name opens the name of a party that ends at e.
func (d *document) home(f *field, e int) reading.Jurisdiction {
	found := reading.Jurisdiction{}
	for j := e - 3; j >= 0 && e-j <= maxParty && isHan(f.text[j]); j-- {
		if p := d.prefixAt(f, j); p.length > 0 && !p.level && !p.bare && j+p.length < e {
			found = p.at
		}
	}
	return found
}
