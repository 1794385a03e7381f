package dates

import "slices"

// A place is where a date stands that can be the event's. genre.md §2.3.
type place struct {
	name       string
	confidence float64
	reason     string // "" where the date opens the article
	holds      func(*finder, *mention) bool
}

// places in the order in which they are looked at: the first that holds a date gives the event's.
var places = []place{
	{"opens-month", 0.8, "句首只写月份", (*finder).opensMonth},
	{"opens", 1, "", (*finder).opens},
	{"opens-year", 0.9, "句首写明年份", (*finder).opensYear},
	{"first-sentences", 0.9, "首段所述之事的日期", (*finder).inFirstSentences},
	{"opens-span", 0.75, "首段没有某日，只写了起始", (*finder).opensSpan},
	{"only-day", 0.6, "首段没有日期，取正文惟一写明的日子", (*finder).onlyDay},
	{"only-year", 0.4, "正文只写了年份", (*finder).onlyYear},
}

// eventVerbs govern the date of an event.
var eventVerbs = words("召开", "举行", "举办", "开展", "组织", "莅临", "走进", "深入", "调研", "检查", "督导", "督查", "视察", "考察", "慰问", "看望", "走访", "揭牌", "开班",
	"启动", "竣工", "开工", "签约", "签订", "成立", "挂牌", "印发", "下发", "发布", "通过", "荣获", "获", "授予", "表彰", "参加", "出席", "主持", "会见", "座谈", "培训", "宣讲",
	"演练", "投入使用", "建成", "开业", "开馆", "开幕", "闭幕", "落成", "奠基", "到", "赴", "来", "集中", "宣传", "捐赠", "发放", "验收", "审议", "任命", "当选", "开始", "进行")

func (f *finder) opens(m *mention) bool {
	if !f.inOpening(m, 0) || !m.signs.clauseStart || m.signs.from || m.form == formYear {
		return false
	}
	if m.signs.since {
		return false
	}
	return !m.bareMonth() || m.line.rune(m.last) == ',' || m.first == m.line.lead && (f.yearAbove() && m.line.after(m.last, defines) == 0 || m.line.gap(m.last))
}

// defines follow a month that is spoken of: 6月为安全生产月.
var defines = words("为", "是", "的")

// opensMonth holds 12月 at the very start, 12月全区开展…, where the sentence names no day.
func (f *finder) opensMonth(m *mention) bool {
	if f.yearAbove() || !f.inOpening(m, 0) || m.first != m.line.lead || !m.bareMonth() || m.signs.since || !m.inSentence(eventVerbs) || m.line.after(m.last, defines) > 0 {
		return false
	}
	return !slices.ContainsFunc(f.text.mentions, func(o *mention) bool { return o.from.day > 0 && f.inOpening(o, 0) })
}

// opensYear holds a year that opens the entry of a chronicle: 1954年建场。1958年9月改名…. Where a day without a year follows and
// the document came out soon after it, the year only leads up to the day.
func (f *finder) opensYear(m *mention) bool {
	if m.form != formYear || !f.inOpening(m, 0) || m.first != m.line.lead || m.signs.since || m.signs.from {
		return false
	}
	if f.yearAbove() {
		return true
	}
	limit := f.limit
	if limit == 0 {
		return !m.statistical()
	}
	if year, _, _ := limit.Date(); !m.from.hasYear || m.from.year >= year-1 {
		return false // see onlyYear
	}
	return !m.statistical() && !slices.ContainsFunc(f.text.mentions, func(o *mention) bool { return o != m && o.from.day > 0 && !o.from.hasYear && f.inOpening(o, 1) })
}

func (f *finder) inFirstSentences(m *mention) bool {
	last := 1
	if f.contentYear() != 0 && f.head.year == nil {
		last = 0 // what else a yearbook's article tells happened in the year, but not as what it is about
	}
	if !f.inOpening(m, last) || m.weak || m.signs.since || m.signs.from || m.form == formYear || m.form == formQuarter || m.bareMonth() {
		return false
	}
	start, _ := m.line.sentence(m.first)
	return m.from.day > 0 && (m.first == start || m.tells()) || m.signs.clauseStart && m.inSentence(eventVerbs)
}

// reasons begin a clause that names what an event follows from: 为落实12月3日全市会议精神.
var reasons = words("为", "根据", "按照", "依据", "贯彻", "落实", "学习", "传达", "继")

// tells tells whether the date's own clause says what happened: 区委于12月8日召开会议.
func (m *mention) tells() bool {
	l := m.line
	start, end := l.clause(m.first)
	if l.contains(start, m.first, reasons) {
		return false
	}
	if l.rune(m.last) == ',' {
		_, end = l.sentence(m.first)
	}
	return l.contains(m.last, end, eventVerbs)
}

func (f *finder) opensSpan(m *mention) bool {
	return f.inOpening(m, 0) && m.signs.clauseStart && m.signs.since && (m.from.month != 0 && m.form != formYear || f.head.year != nil && m.first <= m.line.lead+1)
}

func (f *finder) onlyDay(m *mention) bool {
	return f.text.days == 1 && f.contentYear() == 0 && m.from.day > 0 && !m.weak && m.signs.clauseStart && !m.signs.since && !m.signs.from && m.inSentence(eventVerbs)
}

// onlyYear holds the year that opens the article, if it is the only one.
func (f *finder) onlyYear(m *mention) bool {
	return f.text.all == 1 && m.form == formYear && m.line.paragraph == f.text.opening && m.first == m.line.lead && !m.signs.since && !m.statistical()
}

// tooOld tells whether the date is history that the article looks back to: more than thirteen months
// before the document came out.
func (f *finder) tooOld(m *mention, r resolved) bool {
	limit := f.limit
	return limit != 0 && !f.yearAbove() && m.from.hasYear && r.date.End() != 0 && limit-r.date.End() > maxAge
}
