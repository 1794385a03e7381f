package loader

import (
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"fangzhi/fold"
	"fangzhi/lexicon"
)

// What titles of chronicles and names of files say of the jurisdiction: 云河县2021年大事记, 2021年云河县大事记, 乾隆《雲河縣志》,
// 云河年鉴（2021）.

// titleOpeners stand before the name of the jurisdiction in a title: what a compiler did, and the reign in which he did.
var titleOpeners = strings.Fields("中共 中国共产党 续修 重修 新修 新编 增修 续编 民国 民國 清 明 " +
	"洪武 永乐 宣德 正统 景泰 天顺 成化 弘治 正德 嘉靖 隆庆 万历 天启 崇祯 顺治 康熙 雍正 乾隆 嘉庆 道光 咸丰 同治 光绪 宣统")

// titleStart returns a title from the name of the jurisdiction on, folded, so that it is simplified.
func titleStart(s string) string {
	s = fold.String(s)
	for before := ""; s != before; {
		before = s
		s = strings.TrimLeftFunc(s, func(r rune) bool { return !unicode.Is(unicode.Han, r) || strings.ContainsRune("〇○", r) })
		if rest, ok := strings.CutPrefix(s, "年"); ok { // what is left of 2021年
			s = strings.TrimPrefix(rest, "度")
		}
		if i := strings.Index(s, "年"); i > 0 && strings.Trim(s[:i], "〇零一二三四五六七八九") == "" {
			s = s[i:]
		}
		for _, w := range titleOpeners {
			s = strings.TrimPrefix(s, w)
		}
	}
	return s
}

// stemWords end the titles that may name the jurisdiction without its unit: 云河年鉴, 云河大事记.
var stemWords = []string{"统计年鉴", "综合年鉴", "年鉴", "大事记", "大事月报", "方志", "史志", "志", "月报", "纪事"}

// stemUnits are what a jurisdiction named without its unit may be.
var stemUnits = []string{"县", "区", "市", "旗", "自治县", "自治州", "州", "盟", "地区"}

// stemOf returns what stands before one of stemWords in a title, "" where it can be no name.
func stemOf(title string) string {
	title = titleStart(title)
	for _, w := range stemWords {
		if i := strings.Index(title, w); i > 0 {
			if stem := title[:i]; len([]rune(stem)) >= 2 && len([]rune(stem)) <= 6 && len(chainOf(stem)) == 0 {
				return stem
			}
			return ""
		}
	}
	return ""
}

// chainOfStem finds the unit of a jurisdiction that the title names without it: the one that the text writes behind the
// name most often, at least three times and twice as often as any other.
func chainOfStem(title, text string) chain {
	stem := stemOf(title)
	if stem == "" {
		return nil
	}
	best, first, second := "", 0, 0
	for _, unit := range stemUnits {
		n := strings.Count(text, stem+unit)
		switch {
		case n > first:
			best, first, second = stem+unit, n, first
		case n > second:
			second = n
		}
	}
	const fewest = 3
	if first < fewest || first < 2*second {
		return nil
	}
	return chainOf(best)
}

// chainOfFile reads the jurisdiction from the name of a file: what it begins with, where the table knows it.
func chainOfFile(name string) chain {
	c := chainOf(titleStart(strings.TrimSuffix(filepath.Base(name), filepath.Ext(name))))
	if len(c) == 0 || !slices.ContainsFunc(lexicon.DivisionsNamed(c[len(c)-1].name), func(d lexicon.Division) bool { return d.Name == c[len(c)-1].name }) {
		return nil
	}
	return c
}
