package dates_test

import (
	"testing"

	"fangzhi/loader/dates"
)

// Reign years and the Chinese calendar, genre.md §6.
func TestReigns(t *testing.T) {
	for _, tt := range []specCase{
		{name: "a day below reign, year and month", heading: "清\n康熙三十二年（1693）\n六月", body: "初三日，大水，漂没民舍。", event: "1693-07-05 CONVERTED 初三日"},
		{name: "two months below a reign", heading: "清\n康熙三十二年（1693）", body: "六月，大水。八月初五日，又大水。", event: "1693-07-03/1693-08-01 CONVERTED 六月", others: "1693-09-04 八月初五日"},
		{name: "seasons below a reign", heading: "清\n康熙三十二年（1693）", body: "秋八月，蝗。冬，大雪。", event: "1693-08-31/1693-09-29 CONVERTED 秋八月", others: "1693-24 冬"},
		{name: "Arabic month below a reign", heading: "清\n道光二十年（1840）\n6月", body: "英舰来犯。", event: "1840-06-29/1840-07-28 CONVERTED 6月"},
		{name: "Arabic month below a year of the common era", heading: "1840年\n6月28日", body: "英舰来犯。", event: "1840-06-28 EXPLICIT 6月28日"},
		{name: "the common year before the reign, Arabic month", heading: "1911年（清宣统三年）\n10月", body: "县城光复。", event: "1911-10 EXPLICIT 10月"},
		{name: "the common year before the reign, Chinese month", body: "1911年（清宣统三年）八月十九日，武昌起义。", event: "1911-10-10 CONVERTED 1911年（清宣统三年）八月十九日"},
		{name: "the common year in brackets is another", heading: "清\n康熙三十二年（1963）\n六月", body: "大水。", event: "1693-07-03/1693-08-01 CONVERTED 六月", warning: "year-mismatch"},
		{name: "the common year in brackets is the next", heading: "清\n康熙三十二年（1694）", body: "大水。", event: "1694 EXPLICIT 康熙三十二年（1694）", warning: "year-mismatch"},
		{name: "the twelfth month lies in the next year", body: "光绪三十四年（1909）十二月，学堂开办。", event: "1908-12-23/1909-01-21 CONVERTED 光绪三十四年（1909）十二月"},
		{name: "years of a reign one after another", heading: "明\n正德四年（1509）", body: "旱；五年及十六年春夏旱。", event: "1509 EXPLICIT 正德四年（1509）", others: "1510 五年\n1521-21/1521-22 十六年春夏"},
		{name: "years of a reign in one text", body: "正德四年（1509），旱；五年及十六年春夏旱。", event: "1509 EXPLICIT 正德四年（1509）", others: "1510 五年\n1521-21/1521-22 十六年春夏"},
		{name: "a year carried", heading: "清\n顺治三年", body: "七年，建塔。", at: dates.Context{Carried: true}, event: "1650 CONVERTED 七年"},
		{name: "a year carried as a line", heading: "清\n顺治三年\n七年", body: "是年，大有年。", at: dates.Context{Carried: true}, event: "1650 RELATIVE 是年"},
		{name: "the year after", heading: "清\n顺治三年", body: "次年，塔成。", at: dates.Context{Carried: true}, event: "1647 RELATIVE 次年"},
		{name: "the year after, in old texts", heading: "国朝\n康熙七年戊申", body: "明年大熟", at: dates.Context{Carried: true}, event: "1669 RELATIVE 明年"},
		{name: "three years after", heading: "国朝\n乾隆元年", body: "越三年禾生九穗", at: dates.Context{Carried: true}, event: "1739 RELATIVE 越三年"},
		{name: "three years after what", heading: "清\n嘉庆年间", body: "越三年，毁于火。", event: "XXXX NONE"},
		{name: "a reign of two dynasties", body: "至元三年，设县。", event: "XXXX NONE"},
		{name: "a reign of two dynasties and one common year", body: "至元三年（1337），设县。", event: "1337 EXPLICIT 至元三年（1337）"},
		{name: "a reign that had too few years", body: "至元二十年，设县。", event: "1283 CONVERTED 至元二十年"},
		{name: "the later one", body: "后至元三年，设县。", event: "1337 CONVERTED 后至元三年"},
		{name: "told by the dynasty above", heading: "金", body: "大安二年，设县。", event: "1210 CONVERTED 大安二年"},
		{name: "years of two reigns", body: "顺治十八年至康熙三年，建城。", event: "1661/1664 CONVERTED 顺治十八年至康熙三年"},
		{name: "years of one reign", body: "康熙三十二至三十五年，连年大旱。", event: "1693/1696 CONVERTED 康熙三十二至三十五年"},
		{name: "years of one reign with the common ones", body: "康熙三十二年（1693）至三十五年（1696），连年大旱。", event: "1693/1696 EXPLICIT 康熙三十二年（1693）至三十五年（1696）"},
		{name: "no such reign", body: "隆道六年六月初三日，大水。", event: "XXXX NONE"},
		{name: "no such year of the reign", body: "康熙七十年六月初三日，大水。", event: "XXXX NONE", warning: "no-such-year"},
		{name: "a reign before the table, with its common year", body: "东汉建安五年（200年），置县。", event: "0200 EXPLICIT 东汉建安五年（200年）"},
		{name: "a reign before the table, as a line", heading: "隋\n开皇十六年（596）", body: "改县名。", event: "0596 EXPLICIT 开皇十六年（596）"},
		{name: "a reign of the five dynasties", body: "五代后唐同光三年（925），大水。", event: "0925 EXPLICIT 五代后唐同光三年（925）"},
		{name: "before the common era in brackets", body: "西汉元鼎四年（前113年），置县。", event: "-0112 EXPLICIT 西汉元鼎四年（前113年）"},
		{name: "traditional characters", body: "萬曆七年春大旱夏四月蝗", event: "1579-21 CONVERTED 萬曆七年春"},
		{name: "traditional characters, no stops", heading: "明", body: "永樂十四年夏五月大水漂沒民舍", event: "1416-06-05/1416-07-03 CONVERTED 永樂十四年夏五月"},
		{name: "two misprints", body: "光緒二十五年已亥（1899），義和團起。", event: "1899 EXPLICIT 光緒二十五年已亥（1899）"},
		{name: "converted by characters", body: "干隆五十年，大旱。", event: "1785 CONVERTED 干隆五十年"},
		{name: "a leap month that was none", heading: "清\n康熙三十二年（1693）", body: "闰七月，勘灾。", event: "1693 CONVERTED 闰七月", warning: "impossible-day"},
		{name: "a day that the month had not", heading: "清\n康熙三十二年（1693）", body: "七月三十日，大水。", event: "1693-08-02/1693-08-30 CONVERTED 七月三十日", warning: "impossible-day"},
		{name: "the dynasty with its years", heading: "清（1644—1911）\n顺治元年（1644）", body: "设县。", event: "1644 EXPLICIT 顺治元年（1644）"},
		{name: "the republic, lunar day", heading: "中华民国\n民国二十七年（1938）", body: "农历八月十五日，县城沦陷。", event: "1938-10-08 CONVERTED 农历八月十五日"},
		{name: "the republic, day that only the lunar calendar has", heading: "民国27年（1938）", body: "腊月廿三，县城沦陷。", event: "1939-02-11 CONVERTED 腊月廿三"},
		{name: "the republic counted on", heading: "民国27年（1938）", body: "2月16日，轰炸。学校停课，民国28年春复课。", event: "1938-02-16 EXPLICIT 2月16日", others: "1939-21 民国28年春"},
		{name: "a reign mentioned", body: "2020年12月9日，参观始建于清康熙三十二年（1693）的文庙和建于明万历年间的石桥。", event: "2020-12-09 EXPLICIT 2020年12月9日", others: "1693 清康熙三十二年（1693）\n1573/1620 明万历年间"},
		{name: "titles and editions", body: "2020年12月9日，学习清康熙三十七年《云河县志》卷十五、康熙字典和乾隆五十年刻本。", event: "2020-12-09 EXPLICIT 2020年12月9日"},
		{name: "places", body: "2020年12月9日，参观庆元县、景德镇和绍兴市，到大同市考察。", event: "2020-12-09 EXPLICIT 2020年12月9日"},
		{name: "numbers of years", body: "2020年12月9日，十年树木，三年行动计划，三年来共完成投资，二十二年后竣工。", event: "2020-12-09 EXPLICIT 2020年12月9日"},
		{name: "numbers of years below a reign", heading: "民国27年（1938）", body: "三年级学生参军。", event: "1938 EXPLICIT 民国27年（1938）"},
		{name: "years of a reign's name with the common ones", body: "明洪武年间（1368~1398年），建桥。", event: "1368/1398 CONVERTED 明洪武年间（1368~1398年）"},
		{name: "two reigns in one year", body: "明万历四十八年（泰昌元年，1620），大水。", event: "1620 EXPLICIT 明万历四十八年（泰昌元年，1620）"},
		{name: "a custom is no date", body: "2020年12月9日，“两会”召开。正月十五闹元宵，九月九重阳节。", event: "2020-12-09 EXPLICIT 2020年12月9日"},
	} {
		t.Run(tt.name, tt.run)
	}
}
