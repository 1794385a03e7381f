package extract

import (
	"strings"

	"fangzhi/lexicon"
)

// isOrdinal tells whether the number at i counts in a row: 第33个, 第1、2、3批, 前10名, 总第100期.
func (f *figures) isOrdinal(i int) bool {
	p := f.before(i)
	switch r := f.at(p); {
	case r == '第':
		return true
	case f.ordinal && f.last > 0 && p >= f.last-1:
		if p == f.last-1 {
			return true
		}
		return p == f.last && (r == '、' || isRange(r) || r == '和' || r == '及' || r == '与')
	}
	return false
}

// isQuantity tells whether a number with a unit is a quantity, by what stands around both.
func (f *figures) isQuantity(q quantity) bool {
	p := f.before(q.start)
	r := f.at(p)
	firm := q.class == lexicon.UnitMeasure || q.class == lexicon.UnitMoney || q.class == lexicon.UnitShare || q.scale
	switch {
	case latinLetter(r):
		if !firm || !latinLetter(f.at(p-1)) || !isHan(f.at(q.end-1)) && q.word != "%" { // GDP120亿元, but G310, T8次, A4
			return false
		}
	case r == '/' || r == '／' || r == '+' || r == '#' || r == '№' || r == '.' || r == '．' || r == '·' || r == '•' || r == '×' || r == '_' || r == '*':
		return false
	case isRange(r) && r != '至' && r != '到':
		if !f.isMinus(p, q) && (figureDigit(f.at(f.before(p))) || latinLetter(f.at(p-1))) && !f.endsFigure(p) {
			return false
		}
	case r == '“' || r == '‘' || r == '「' || r == '『':
		for j := q.start + 1; j <= q.start+maxQuotedName; j++ {
			if c := f.at(j); c == '”' || c == '’' || c == '」' || c == '』' {
				return false // “99公益日”, “8个1”
			}
		}
	case r == '前' && rankUnit(q.word) && !strings.ContainsRune("目以日截之当此年", f.at(p-1)):
		return false // 前10名, 前3个月
	case r == '经' || r == '纬':
		if c := f.at(p - 1); strings.ContainsRune("东西南北", c) {
			return false // 东经113度
		}
	}
	if f.isAddress(q, r) || f.isSession(q, r) || f.isSport(q, p) {
		return false
	}
	switch q.class {
	case lexicon.UnitNoun:
		return f.isCountedNoun(q)
	case lexicon.UnitContext:
		return f.inContext(q, p)
	}
	if q.word == "期" || q.word == "卷" || q.word == "部" || q.word == "集" || q.word == "届" {
		return r != '年' && r != '总' && r != '届' // 2021年1期
	}
	return true
}

// maxQuotedName is how long the name may be that begins with a number behind a quotation mark.
const maxQuotedName = 8

func latinLetter(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || 'Ａ' <= r && r <= 'Ｚ'
}

// endsFigure tells whether a quantity ends right before p: 5%—8%.
func (f *figures) endsFigure(p int) bool {
	return len(f.found) > 0 && f.last == f.before(p)+1 && !figureDigit(f.at(f.last-1))
}

// isMinus tells whether the dash at p is the sign of a temperature.
func (f *figures) isMinus(p int, q quantity) bool {
	return isDegree(q.word) && !figureDigit(f.at(f.before(p)))
}

func isDegree(word string) bool {
	switch word {
	case "℃", "°C", "摄氏度", "度":
		return true
	}
	return false
}

func rankUnit(word string) bool {
	switch word {
	case "名", "位", "个月", "个季度", "强":
		return true
	}
	return false
}

// isAddress tells whether the quantity is a house, a stair, a group of a village: 107号院3栋, 红光村3组.
func (f *figures) isAddress(q quantity, r rune) bool {
	switch q.word {
	case "栋", "幢", "座", "单元", "排", "户":
		return r == '号' || r == '院' || r == '栋' || r == '幢' || (r == '区' || r == '苑' || r == '园') && (figureDigit(f.at(q.end)) || f.has(q.end, "楼"))
	case "组", "社", "队", "区", "段", "村民小组":
		return r == '村' || r == '社' || r == '队' || r == '号' || r == '街' || r == '路' || r == '巷'
	}
	return f.endsWith(q.start, "国道") || f.endsWith(q.start, "省道") || f.endsWith(q.start, "县道")
}

// isSession tells whether the quantity is the number of a session or a train: 常委会44次会议, 1234次列车.
func (f *figures) isSession(q quantity, r rune) bool {
	if q.word != "次" {
		return false
	}
	if f.has(q.end, "列车") || f.has(q.end, "特快") || f.has(q.end, "航班") || f.has(q.end, "旅客列车") {
		return true
	}
	return (r == '会' || r == '届') && (f.has(q.end, "会议") || f.has(q.end, "全会") || f.has(q.end, "全体") || f.has(q.end, "常") || f.has(q.end, "主席") || f.has(q.end, "主任"))
}

// isSport tells whether the quantity names a contest: 男子100米, 5000米长跑, 60公斤级.
func (f *figures) isSport(q quantity, p int) bool {
	switch q.word {
	case "公斤", "千克":
		return f.at(q.end) == '级'
	case "米", "公里":
		if f.endsWith(p+1, "男子") || f.endsWith(p+1, "女子") {
			return true
		}
		for _, w := range contests {
			if f.has(q.end, w) {
				return true
			}
		}
	}
	return false
}

// isCountedNoun tells whether the noun right behind the number is what is counted: 24乡镇, not 2020国家级, 12社区卫生站.
func (f *figures) isCountedNoun(q quantity) bool {
	if q.year {
		return false
	}
	switch q.word {
	case "部门", "单位", "企业", "项目", "乡镇", "乡（镇）", "镇（乡）", "农户", "村民小组", "生产队":
		return true
	}
	next := f.at(q.end)
	return !isHan(next) || strings.ContainsRune("和及与共的均全受", next)
}

// inContext tells whether a unit that means something else as often is one here; p is what stands before the number.
func (f *figures) inContext(q quantity, p int) bool {
	r := f.at(p)
	switch q.word {
	case "年":
		if q.year || q.value > 200 {
			return false
		}
		if f.has(q.end, "代") || f.has(q.end, "度") || f.has(q.end, "级") || f.has(q.end, "月") {
			return false
		}
		for _, w := range yearsBefore {
			if f.endsWith(p+1, w) {
				return true
			}
		}
		for _, w := range yearsBehind {
			if f.has(q.end, w) {
				return q.infix != 0 || q.value < 60
			}
		}
		return q.infix != 0
	case "里":
		return r != '第'
	case "分":
		return (r != '时' || f.endsWith(p+1, "小时")) && r != '点' && r != '度' && (f.endsWith(p+1, "得") || f.endsWith(p+1, "小时") || f.endsWith(p+1, "角") || f.near(q.start, scoreWords))
	case "点":
		for _, w := range pointsBehind {
			if f.has(q.end, w) {
				return true
			}
		}
		return false
	case "大":
		for _, w := range bigBehind {
			if f.has(q.end, w) {
				return true
			}
		}
		return false
	case "级":
		return f.has(q.end, "地震") || f.has(q.end, "左右地震") || f.has(q.end, "大风") || f.has(q.end, "台风") || f.has(q.end, "以上大风") || f.has(q.end, "强震") ||
			f.endsWith(p+1, "震级") || f.endsWith(p+1, "震级为") || f.endsWith(p+1, "里氏") || f.endsWith(p+1, "风力") || f.endsWith(p+1, "风力达")
	case "度":
		return r != '经' && r != '纬' && !f.has(q.end, "分") && !figureDigit(f.at(q.end))
	case "成":
		return q.infix != 0 || f.has(q.end, "以上") || f.has(q.end, "左右") || !isHan(f.at(q.end))
	case "两":
		return r == '斤' || f.near(q.start, silverWords) || f.has(q.end, "重")
	case "角":
		return r == '元' || !isHan(f.at(q.end)) && f.near(q.start, priceWords)
	case "车", "船":
		return !isHan(f.at(q.end)) && !q.year || f.has(q.end, "次")
	case "方":
		return q.scale || q.infix != 0 || f.near(q.start, volumeWords)
	case "转", "贯", "单元", "届":
		return false
	}
	return false
}

var (
	contests     = []string{"短跑", "长跑", "赛跑", "接力", "自由泳", "蛙泳", "蝶泳", "仰泳", "混合泳", "栏", "竞走", "决赛", "比赛", "跑", "越野", "障碍"}
	yearsBefore  = []string{"学制", "年限", "耗时", "用时", "历时", "为期", "历经", "连续", "徒刑", "任期", "期限", "长达", "至少", "不少于", "不低于", "延长", "保修", "服务", "服刑", "有期", "剥夺政治权利", "免征", "使用", "从业", "工作", "党龄", "工龄", "教龄", "已有", "约", "超过", "逾", "不足"}
	yearsBehind  = []string{"以上", "来", "期", "之久", "时间", "内", "制", "有期徒刑", "不等", "余"}
	pointsBehind = []string{"要求", "意见", "建议", "希望", "措施", "做法", "体会", "经验", "倡议", "指示", "共识", "安排", "部署", "办法", "计划", "主张"}
	bigBehind    = []string{"工程", "行动", "板块", "任务", "体系", "举措", "产业", "领域", "重点", "方面", "系列", "主题", "平台", "项目", "专项", "活动", "基地", "优势", "支柱", "片区", "措施", "战役", "攻坚", "功能", "展区", "环节", "市场", "目标"}
	scoreWords   = []string{"分数", "得分", "平均", "成绩", "总分", "满分", "评分", "考核", "测评"}
	silverWords  = []string{"银", "金", "白银", "黄金", "捐"}
	priceWords   = []string{"价", "元", "票", "每"}
	volumeWords  = []string{"土", "石", "方", "木材", "混凝土", "沙", "砂", "蓄水", "库容"}
)

// near tells whether one of the words stands in the eight code points before i.
func (f *figures) near(i int, words []string) bool {
	for _, w := range words {
		for j := i; j > 0 && j > i-8 && !isStop(f.text[j-1]); j-- {
			if f.endsWith(j, w) {
				return true
			}
		}
	}
	return false
}
