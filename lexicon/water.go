package lexicon

import "strings"

// knownWaters are the rivers of the country that everybody knows by their names alone. Source: by hand (facts of geography).
var knownWaters = strings.Fields("长江 黄河 淮河 海河 珠江 松花江 辽河 汉江 汉水 赣江 湘江 沅江 资江 澧水 嘉陵江 岷江 大渡河 雅砻江 金沙江 乌江 沱江 渭河 泾河 洛河 汾河 沁河 洮河 湟水 无定河 永定河 大清河 子牙河 滹沱河 漳河 卫河 滦河 黑龙江 乌苏里江 嫩江 牡丹江 鸭绿江 图们江 额尔古纳河 浑河 大凌河 颍河 沙颍河 涡河 沂河 沭河 泗河 钱塘江 富春江 新安江 瓯江 闽江 九龙江 晋江 韩江 东江 西江 北江 郁江 柳江 桂江 红水河 南盘江 北盘江 澜沧江 怒江 雅鲁藏布江 塔里木河 伊犁河 额尔齐斯河 黑河 大运河 京杭运河")

// KnownWater returns the code points of the well-known river that s begins with, 0 for none.
func KnownWater(s []rune) int {
	longest := 0
	for _, w := range waterByHead[first(s)] {
		if n := len(w); n > longest && n <= len(s) && string(s[:n]) == string(w) {
			longest = n
		}
	}
	return longest
}

// KnownWaterBefore returns the code points of the well-known river that s ends with, 0 for none.
func KnownWaterBefore(s []rune) int {
	for n := min(len(s), 6); n >= 2; n-- {
		if KnownWater(s[len(s)-n:]) == n {
			return n
		}
	}
	return 0
}

// KnownWaterHeads returns the first characters of the well-known rivers.
func KnownWaterHeads() string {
	var heads strings.Builder
	for r := range waterByHead {
		heads.WriteRune(r)
	}
	return heads.String()
}

var waterByHead = func() map[rune][][]rune {
	m := map[rune][][]rune{}
	for _, w := range knownWaters {
		r := []rune(w)
		m[r[0]] = append(m[r[0]], r)
	}
	return m
}()

func first(s []rune) rune {
	if len(s) == 0 {
		return 0
	}
	return s[0]
}
