package dates

import "fangzhi/loader/dates/lunar"

// Festivals that stand for their day: 春节, 除夕, 国庆节当天. Most of what names a festival tells no day (春节慰问, 元旦春节期间):
// it is a date where 当天 or the like follows, where a year stands before it, or where it opens a clause alone: 国庆节，…, at the start of an entry 国庆节 ….

// feast is a day that returns every year.
type feast struct {
	text string
	day  written
}

// terms are feasts by the sun, whose day shifts. written.term counts from 1.
var terms = []lunar.Term{lunar.Qingming, lunar.Dongzhi}

// feasts with the longer name first where one begins with the other.
var feasts = []feast{
	{"元旦", solarDay(1, 1)}, {"国际妇女节", solarDay(3, 8)}, {"妇女节", solarDay(3, 8)}, {"植树节", solarDay(3, 12)},
	{"国际劳动节", solarDay(5, 1)}, {"劳动节", solarDay(5, 1)}, {"青年节", solarDay(5, 4)}, {"国际儿童节", solarDay(6, 1)}, {"儿童节", solarDay(6, 1)},
	{"建党节", solarDay(7, 1)}, {"建军节", solarDay(8, 1)}, {"教师节", solarDay(9, 10)}, {"国庆节", solarDay(10, 1)}, {"国庆", solarDay(10, 1)},
	{"春节", lunarDay(1, 1)}, {"大年初一", lunarDay(1, 1)}, {"元宵节", lunarDay(1, 15)}, {"元宵", lunarDay(1, 15)}, {"龙抬头", lunarDay(2, 2)},
	{"端午节", lunarDay(5, 5)}, {"端午", lunarDay(5, 5)}, {"端阳", lunarDay(5, 5)}, {"七夕", lunarDay(7, 7)}, {"中元节", lunarDay(7, 15)},
	{"中秋节", lunarDay(8, 15)}, {"中秋", lunarDay(8, 15)}, {"重阳节", lunarDay(9, 9)}, {"重阳", lunarDay(9, 9)}, {"腊八节", lunarDay(12, 8)}, {"腊八", lunarDay(12, 8)},
	{"小年", lunarDay(12, 23)}, {"大年三十", lastOfYear}, {"大年除夕", lastOfYear}, {"除夕", lastOfYear},
	{"清明节", written{term: 1}}, {"清明", written{term: 1}}, {"冬至", written{term: 2}},
}

var lastOfYear = written{month: 12, edge: lastDay, calendar: lunisolar, chinese: true}

func solarDay(month, day int) written { return written{month: month, day: day, calendar: solar} }

func lunarDay(month, day int) written {
	return written{month: month, day: day, calendar: lunisolar, chinese: true}
}

const festivalStarts = "元国妇植劳青儿建教春大龙端七中重腊小除清冬" + numerals + yearStart

// feastNames are the names of feasts, for what stands in brackets behind a day.
var feastNames = func() *wordList {
	var names []string
	for _, f := range feasts {
		names = append(names, f.text)
	}
	return words(names...)
}()

var (
	// feastDays follow the name where it tells the day, feastPeriods where it tells days around it.
	feastDays    = words("当天", "当日", "当晚", "之夜", "夜", "晚", "上午", "下午", "这天", "这一天")
	feastPeriods = words("期间", "前夕", "前后", "来临", "将至", "假期", "长假", "黄金周", "之际", "临近", "前", "后", "至", "到", "、", "联欢", "慰问", "晚会", "文艺", "活动", "档", "联", "团拜", "物资", "市场", "保障", "安全", "消费", "旅游", "值班", "假", "节", "文化", "主题", "系列", "庙会", "灯会", "游")
)

func readFestival(l *line, i int) (m *mention, end int, ok bool) {
	w, j := readYearBefore(l, i)
	if j > i && !w.hasYear && w.word == noWord {
		return nil, i, false
	}
	n := l.after(j, feastNames)
	if n == 0 {
		return nil, i, false
	}
	f := written{}
	for _, candidate := range feasts {
		if l.has(j, candidate.text) && len([]rune(candidate.text)) == n {
			f = candidate.day
			break
		}
	}
	f.hasYear, f.year, f.word = w.hasYear, w.year, w.word
	if f.calendar == lunisolar && f.month == 12 && w.hasYear && w.reign == 0 && f.edge == lastDay {
		f.year-- // 2020年除夕 is the eve of the spring festival of 2020
	}
	end = j + n
	switch k := l.after(end, feastDays); {
	case k > 0:
		return &mention{from: f}, end + k, true
	case l.after(end, feastPeriods) > 0:
		return nil, i, false
	case w.hasYear, l.startsClause(i) && l.rune(end) == ',', l.atStart(i) && l.gap(end):
		return &mention{from: f}, end, true
	}
	return nil, i, false
}
