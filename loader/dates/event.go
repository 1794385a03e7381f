package dates

import (
	"math"
	"slices"
	"strings"

	"fangzhi/edtf"
	"fangzhi/graph"
)

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
	{"first-sentences", 0.9, "首段所述之事的日期", (*finder).inFirstSentences},
	{"opens-span", 0.75, "首段没有某日，只写了起始", (*finder).opensSpan},
	{"only-day", 0.6, "首段没有日期，取正文惟一写明的日子", (*finder).onlyDay},
	{"only-year", 0.4, "正文只写了年份", (*finder).onlyYear},
}

// eventVerbs govern the date of an event.
var eventVerbs = []string{"召开", "举行", "举办", "开展", "组织", "莅临", "走进", "深入", "调研", "检查", "督导", "督查", "视察", "考察", "慰问", "看望", "走访", "揭牌", "开班",
	"启动", "竣工", "开工", "签约", "签订", "成立", "挂牌", "印发", "下发", "发布", "通过", "荣获", "获", "授予", "表彰", "参加", "出席", "主持", "会见", "座谈", "培训", "宣讲",
	"演练", "投入使用", "建成", "开业", "开馆", "开幕", "闭幕", "落成", "奠基", "到", "赴", "来", "集中", "宣传", "捐赠", "发放", "验收", "审议", "任命", "当选", "开始", "进行"}

// event decides which date is the event's, and keeps it in f.own.
func (f *finder) event() graph.EventDate {
	if d, ok := f.opensWithWord(sameDayWords); ok {
		return d
	}
	for _, p := range places {
		for _, m := range f.text.mentions {
			if !f.canDate(m) || !p.holds(f, m) {
				continue
			}
			r, ok := f.resolveEvent(m)
			if !ok || m.first > 0 && f.tooOld(m, r) {
				continue
			}
			f.own, f.rule = m, p.name+"/"+m.form
			if p.reason != "" {
				r.reason = p.reason + "；" + r.reason
			}
			return graph.EventDate{
				EDTF: r.date, Text: f.words(m), Basis: r.basis, Reason: r.reason,
				Confidence: round(r.confidence * p.confidence), Evidence: f.evidence(m.start, m.end),
			}
		}
	}
	if d, ok := f.opensWithWord(recentWords); ok {
		return d
	}
	return graph.EventDate{Basis: graph.BasisNone, Reason: f.whyUnknown()}
}

func (f *finder) whyUnknown() string {
	l := f.text.lines[f.text.opening]
	for _, w := range append(slices.Clone(sameDayWords), recentWords...) {
		if l.has(0, w.text) {
			return "正文只写“" + w.text + "”，所承的日期不明"
		}
	}
	if len(f.text.mentions) == 0 {
		return "正文没有写日期"
	}
	return "正文所写的日期都不是本条之事的日期（统计时段、起止、计划、引述或年份）"
}

// canDate tells whether a date can be an event's at all.
func (f *finder) canDate(m *mention) bool {
	s := m.signs
	switch {
	case m.fixed != edtf.Unknown, s.asOf, s.until, s.deadline, s.about, s.speech:
		return false
	case m.bareMonth():
		return m.line.rune(m.last) == ',' || s.since || m.first == 0 && !m.statistical()
	case m.form == formMonth && m.shape == span, m.form == formQuarter:
		return !m.statistical()
	}
	return true
}

// inOpening tells whether the date stands in the paragraph that the event is told in, in one of its
// first sentences, counted from 0.
func (f *finder) inOpening(m *mention, lastSentence int) bool {
	return m.line.paragraph == f.text.opening && m.line.sentences[m.first] <= lastSentence
}

// bareMonth tells whether nothing but 12月 is written.
func (m *mention) bareMonth() bool {
	return m.form == formMonth && m.shape == single && !m.from.hasYear && m.from.word == noWord && m.from.edge == whole
}

func (f *finder) opens(m *mention) bool {
	return f.inOpening(m, 0) && m.signs.clauseStart && !m.signs.since && !m.signs.from && m.form != formYear &&
		(!m.bareMonth() || m.line.rune(m.last) == ',')
}

// opensMonth holds 12月 at the very start, 12月全区开展…, where the sentence names no day.
func (f *finder) opensMonth(m *mention) bool {
	if !f.inOpening(m, 0) || m.first != 0 || !m.bareMonth() || m.signs.since || !m.inSentence(eventVerbs) {
		return false
	}
	return !slices.ContainsFunc(f.text.mentions, func(o *mention) bool { return o.from.day > 0 && f.inOpening(o, 0) })
}

func (f *finder) inFirstSentences(m *mention) bool {
	if !f.inOpening(m, 1) || m.signs.since || m.signs.from || m.form == formYear || m.form == formQuarter || m.bareMonth() {
		return false
	}
	start, _ := m.line.sentence(m.first)
	return m.from.day > 0 && (m.first == start || m.tells()) || m.signs.clauseStart && m.inSentence(eventVerbs)
}

// reasons begin a clause that names what an event follows from: 为落实12月3日全市会议精神.
var reasons = []string{"为", "根据", "按照", "依据", "贯彻", "落实", "学习", "传达", "继"}

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
	return f.inOpening(m, 0) && m.signs.clauseStart && m.signs.since && m.form != formYear && m.from.month != 0
}

func (f *finder) onlyDay(m *mention) bool {
	return f.text.days == 1 && m.from.day > 0 && m.signs.clauseStart && !m.signs.since && !m.signs.from && m.inSentence(eventVerbs)
}

// onlyYear holds the year that opens the article, if it is the only one.
func (f *finder) onlyYear(m *mention) bool {
	return f.text.all == 1 && m.form == formYear && m.line.paragraph == f.text.opening && m.first == 0 && !m.signs.since && !m.statistical()
}

// tooOld tells whether the date is history that the article looks back to: more than thirteen months
// before the document came out.
func (f *finder) tooOld(m *mention, r resolved) bool {
	limit, _ := f.limit()
	return limit != 0 && m.from.hasYear && r.date.End() != 0 && limit-r.date.End() > maxAge
}

// openingWord is a word at the start of an article that dates it by another date.
type openingWord struct {
	text   string
	offset edtf.Day
}

var (
	sameDayWords = []openingWord{{"同日", 0}, {"是日", 0}, {"当日", 0}, {"当天", 0}, {"次日", 1}, {"翌日", 1}, {"第二天", 1}, {"前一日", -1}, {"是月", 0}, {"本月", 0}, {"当月", 0}}
	recentWords  = []openingWord{{"近日", 0}, {"日前", 0}, {"近期", 0}, {"连日来", 0}, {"近段时间", 0}, {"最近", 0}}
)

// opensWithWord dates an article that opens with 同日, 是月 or 近日.
func (f *finder) opensWithWord(words []openingWord) (graph.EventDate, bool) {
	l := f.text.lines[f.text.opening]
	for _, w := range words {
		if !l.has(0, w.text) {
			continue
		}
		date, confidence, reason := f.byWord(w)
		if date == edtf.Unknown {
			return graph.EventDate{}, false
		}
		f.rule = "opening-word"
		start, end := l.at[0], l.at[len([]rune(w.text))-1]+1
		return graph.EventDate{
			EDTF: date, Text: string(f.text.body[start:end]), Basis: graph.BasisRelative, Reason: reason,
			Confidence: confidence, Evidence: f.evidence(start, end),
		}, true
	}
	return graph.EventDate{}, false
}

func (f *finder) byWord(w openingWord) (date edtf.Date, confidence float64, reason string) {
	at := f.at
	switch {
	case strings.HasSuffix(w.text, "月"):
		if at.HeadingMonth != 0 {
			m := &mention{from: written{month: at.HeadingMonth}, line: f.text.lines[f.text.opening]}
			if c := f.inferYear(m, edtf.Unknown); c.known {
				return edtf.OfMonth(c.year, at.HeadingMonth), 0.9, "“" + w.text + "”承上文标题之月；" + c.reason
			}
			return edtf.Unknown, 0, ""
		}
		if year, month, _ := at.Previous.Start().Date(); month != 0 {
			return edtf.OfMonth(year, month), 0.8, "“" + w.text + "”承前一条日期" + at.Previous.String()
		}
		return at.Coverage, 0.5, "“" + w.text + "”取本期多数条目所在之月"
	case w.text == "近日" || w.text == "日前" || w.text == "近期" || w.text == "连日来" || w.text == "近段时间" || w.text == "最近":
		if at.Coverage.Precision() != edtf.PrecisionMonth {
			return edtf.Unknown, 0, ""
		}
		return parse(at.Coverage.String() + "~"), 0.4, "“" + w.text + "”；取本期多数条目所在之月，约数"
	default:
		day := at.Previous.Start()
		if day == 0 || at.Previous.Precision() != edtf.PrecisionDay {
			return edtf.Unknown, 0, ""
		}
		return edtf.OfDay(day + w.offset), 0.85, "“" + w.text + "”承前一条日期" + at.Previous.String()
	}
}

func round(confidence float64) float64 { return math.Round(confidence*100) / 100 }
