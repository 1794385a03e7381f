package dates

import (
	"strings"

	"fangzhi/edtf"
	"fangzhi/graph"
)

// openingWord is a word at the start of an article that dates it by another date.
type openingWord struct {
	text string
	kind wordKind
	// offset is in days, for ofDay, and in years, for ofYear.
	offset edtf.Day
}

type wordKind int8

const (
	ofDay    wordKind = iota // 同日
	ofMonth                  // 是月
	ofYear                   // 是年, and 次年 with an offset in years
	inYear                   // 年内: of the year that the volume or the heading is about
	ofRecent                 // 近日
)

var (
	anchoredWords = []openingWord{{"同日", ofDay, 0}, {"是日", ofDay, 0}, {"当日", ofDay, 0}, {"当天", ofDay, 0}, {"同一天", ofDay, 0}, {"次日", ofDay, 1}, {"翌日", ofDay, 1}, {"第二天", ofDay, 1}, {"前一日", ofDay, -1},
		{"是月", ofMonth, 0}, {"本月", ofMonth, 0}, {"当月", ofMonth, 0}, {"同月", ofMonth, 0}, {"月内", ofMonth, 0},
		{"是年", ofYear, 0}, {"同年", ofYear, 0}, {"当年", ofYear, 0}, {"本年度", inYear, 0}, {"本年", ofYear, 0}, {"是岁", ofYear, 0}, {"全年", inYear, 0}, {"年内", inYear, 0}, {"年度内", inYear, 0},
		{"越明年", ofYear, 1}, {"明年", ofYear, 1}, {"次年", ofYear, 1}, {"翌年", ofYear, 1}, {"逾年", ofYear, 1}, {"次岁", ofYear, 1}, {"越二年", ofYear, 2}, {"越三年", ofYear, 3}, {"越四年", ofYear, 4}, {"越五年", ofYear, 5}}
	recentWords = []openingWord{{"近日", ofRecent, 0}, {"日前", ofRecent, 0}, {"近期", ofRecent, 0}, {"连日来", ofRecent, 0}, {"近段时间", ofRecent, 0}, {"最近", ofRecent, 0}}
)

// wordDate is what an opening word says.
type wordDate struct {
	date       edtf.Date
	basis      graph.DateBasis
	confidence float64
	reason     string
	above      []span // of the heading
}

// opensWithWord dates an article that opens with 同日, 是月, 年内 or 近日.
func (f *finder) opensWithWord(list []openingWord) (graph.EventDate, bool) {
	l := f.text.lines[f.text.opening]
	if len(f.text.mentions) > 0 && f.text.mentions[0].line == l && f.text.mentions[0].first == l.lead {
		return graph.EventDate{}, false // 是年8月
	}
	for _, w := range list {
		if !l.has(l.lead, w.text) {
			continue
		}
		d := f.byWord(w)
		if d.date == edtf.Unknown {
			f.later = w.offset != 0
			return graph.EventDate{}, false
		}
		end := l.lead + len([]rune(w.text))
		if n := l.after(end, sinceWords); n > 0 && !l.gap(end) && l.after(end, notSince) == 0 && w.kind != ofRecent { // 是月起
			if open := edtf.Interval(edtf.OfDay(d.date.Start()), edtf.Unknown); w.kind == ofDay {
				d.date, end = open, end+n
			} else if open := parse(d.date.String() + "/.."); open != edtf.Unknown {
				d.date, end = open, end+n
			}
		}
		f.rule = "opening-word"
		shown := l.span(l.lead, end)
		var evidence []graph.Evidence
		for _, s := range append(d.above, shown) {
			evidence = append(evidence, s.evidence())
		}
		return graph.EventDate{EDTF: d.date, Text: shown.words(), Basis: d.basis, Reason: d.reason, Confidence: d.confidence, Evidence: evidence}, true
	}
	return graph.EventDate{}, false
}

func (f *finder) byWord(w openingWord) wordDate {
	quoted := "“" + w.text + "”"
	switch w.kind {
	case ofDay:
		return f.sameDay(w, quoted)
	case ofMonth:
		return f.sameMonth(quoted)
	case ofYear, inYear:
		return f.sameYear(w, quoted)
	}
	coverage := f.coverage()
	if coverage.Precision() != edtf.PrecisionMonth {
		return wordDate{}
	}
	return wordDate{date: parse(coverage.String() + "~"), basis: graph.BasisRelative, confidence: 0.4, reason: quoted + "；取本期多数条目所在之月，约数"}
}

func (f *finder) sameDay(w openingWord, quoted string) wordDate {
	if r, ok := f.headingDate(); ok && f.head.day != nil && r.date.Start() != 0 {
		d := r.date
		switch {
		case w.offset > 0 && d.End() != 0:
			d = edtf.OfDay(d.End() + w.offset)
		case w.offset != 0:
			d = edtf.OfDay(d.Start() + w.offset)
		}
		return wordDate{d, graph.BasisRelative, 0.9, quoted + "承前条“" + f.head.day.shown.words() + "”；" + r.reason, f.head.spans(true, true, true)}
	}
	p := f.at.Previous
	if p.Start() == 0 || p.Precision() != edtf.PrecisionDay {
		return wordDate{}
	}
	return wordDate{edtf.OfDay(p.Start() + w.offset), graph.BasisRelative, 0.85, quoted + "承前一条日期" + p.String(), nil}
}

func (f *finder) sameMonth(quoted string) wordDate {
	if m := f.head.month; m != nil && m.from.hasMonth() {
		c := *m
		c.shape, c.items, c.to = single, nil, written{}
		c.from.day, c.from.cycle, c.from.edge = 0, 0, whole
		if r, ok := f.resolveLeant(&c); ok && r.date.Start() != 0 {
			return wordDate{r.date, graph.BasisRelative, 0.9, quoted + "承上文标题之月“" + m.shown.words() + "”；" + r.reason, f.head.spans(true, true, false)}
		}
		return wordDate{}
	}
	if year, month, _ := f.at.Previous.Start().Date(); month != 0 && f.at.Previous.End()-f.at.Previous.Start() < 31 {
		return wordDate{edtf.OfMonth(year, month), graph.BasisRelative, 0.8, quoted + "承前一条日期" + f.at.Previous.String(), nil}
	}
	return wordDate{date: f.coverage(), basis: graph.BasisRelative, confidence: 0.5, reason: quoted + "取本期多数条目所在之月"}
}

func (f *finder) sameYear(w openingWord, quoted string) wordDate {
	if w.text == "明年" && f.head.calendar(true) != lunisolar {
		return wordDate{} // of the time of writing
	}
	if w.offset != 0 && f.head.year == nil && !strings.HasPrefix(w.text, "越") && f.at.Previous.Precision() != edtf.PrecisionYear {
		return wordDate{} // 次年 of what?
	}
	if y, ok := f.head.singleYear(); ok {
		return wordDate{edtf.OfYear(y.year + int(w.offset)), graph.BasisRelative, 0.9, quoted + "承上文标题“" + f.head.year.shown.words() + "”", f.head.spans(true, false, false)}
	}
	if year := f.contentYear(); year != 0 {
		return wordDate{date: edtf.OfYear(year), basis: graph.BasisYearInferred, confidence: 0.9, reason: quoted + "；" + contentReason(year)}
	}
	if year, month, _ := f.at.Previous.Start().Date(); month != 0 && f.at.Previous.End()-f.at.Previous.Start() < 366 && w.kind == ofYear && !strings.HasPrefix(w.text, "本") {
		return wordDate{date: edtf.OfYear(year + int(w.offset)), basis: graph.BasisRelative, confidence: 0.7, reason: quoted + "承前一条日期" + f.at.Previous.String()}
	}
	return wordDate{}
}
