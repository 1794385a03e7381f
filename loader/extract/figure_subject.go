package extract

import (
	"strings"
	"unicode/utf8"

	"fangzhi/lexicon"
)

// Subjects have so many code points; one that no verb sets off has minBare to maxBare.
const minSubject, maxSubject, minBare, maxBare = 2, 12, 3, 8

// noSubject are characters that stand in no name of what is counted: a clause is none.
const noSubject = "在对由被将到从于与及和却都也就已要把才又还只其此每往需使让给向"

// states are what a number is said of that are no things: 死亡3人, 全长23.7公里.
var states = map[string]bool{
	"死亡": true, "受伤": true, "重伤": true, "轻伤": true, "失踪": true, "受灾": true, "伤亡": true, "死": true, "伤": true, "全长": true, "总长": true, "海拔": true,
}

// countLead are what stands between a thing and its number.
var countLead = []string{"共计", "总计", "合计", "累计", "共有", "达到", "要达到", "达", "共", "为", "有", "约", "近", "超过", "不超过", "不低于", "不少于", "超", "逾", "等", "突破", "高达", "多达", "已", "计", "至", "仅", "各", "大约", "将近", "不足", "不到", "同比增长", "同比下降", "比上年增长", "增长", "下降", "上升", "同比", "增加", "减少", "提高", "降低", "了"}

// countVerbs are acts whose object is counted: 发放宣传册1000份.
var countVerbs = newWordSet("发放", "种植", "栽植", "悬挂", "展出", "新增", "新建", "建成", "完成", "实现", "收集", "受理", "解决", "组织", "赠送", "销售", "查获", "转移", "冲毁", "倒塌", "冲走", "淹没", "毁坏", "损坏", "拆除", "规范", "清理", "发现", "整改", "征集", "募集", "筹集", "接收", "收到", "捐赠", "捐款", "出动", "投入", "下达", "落实", "减少", "增加", "安排", "开展", "举办", "召开", "提供", "解放", "歼灭", "俘虏", "缴获", "抽取", "审查", "检查", "走访", "慰问", "救助", "帮扶", "培训", "配备", "安装", "修建", "修筑", "改造", "铺设", "架设", "开挖", "生产", "收购", "播种", "收获", "发生", "造成", "包括", "涉及", "表彰", "评选", "吸引", "接待", "签订", "签约", "引进", "设立", "设置", "成立", "取得", "获得", "颁发", "发出", "打造", "打通", "购买", "购置", "采集", "报名", "查出", "平反", "补发", "追回", "抓获", "炸死", "炸毁", "炸伤", "冻死", "吹倒", "取消", "移送", "上缴", "上交", "惠及", "减产", "征收", "审结", "破获", "投放", "拥有", "配发", "建立", "抽调", "推荐", "推介", "挂牌", "发展", "梳理", "汇聚", "报送", "编印", "印发", "张贴", "制作", "拨付", "筹措", "办理", "核发", "捐献", "全县", "全区", "全市", "全省", "全镇", "全乡", "全国", "全州", "当年", "全年", "其中", "首批", "累计", "共有", "共")

// subject returns what is counted, as the text calls it: the noun behind a classifier (12家联审单位) or before the number
// (粮食总产1.5亿公斤); "" where neither is plain.
func (f *figures) subject(q quantity, s span) string {
	noun := f.noun(q, s)
	return string(f.own[noun.start:noun.end])
}

func (f *figures) noun(q quantity, s span) span {
	switch q.class {
	case lexicon.UnitCount, lexicon.UnitPeople:
		if q.word != "人" && q.word != "人次" {
			if n := f.nounBehind(s.end); !n.empty() {
				return n
			}
		}
	case lexicon.UnitNoun:
		return span{s.end - len([]rune(q.word)), s.end}
	}
	return f.nounBefore(s.start)
}

// nounBehind returns the noun that begins at i, empty where it does not end at a sign or a verb.
func (f *figures) nounBehind(i int) span {
	end := i
	for isHan(f.at(end)) && end-i <= maxSubject {
		if _, n := lexicon.MatchVerb(f.text[end:]); n >= 2 {
			break
		}
		if f.at(end) == '的' || end > i && (figureWordIn(f.text, end, glue) > 0 || figureWordIn(f.text, end, countVerbs) > 0) {
			break
		}
		end++
	}
	if r := f.at(end); end-i < minSubject || end-i > maxSubject || r == '的' || r == '、' {
		return span{}
	}
	noun := string(f.text[i:end])
	if strings.HasPrefix(noun, "以") || strings.HasPrefix(noun, "左右") || strings.HasPrefix(noun, "余") || figureWordIn(f.text, i, countVerbs) > 0 || strings.ContainsAny(noun, "在对由被将到从于与和及已并可均") {
		return span{}
	}
	return span{i, end}
}

// nounBefore returns the noun that ends right before i, empty where it is not the whole of the clause but for a verb.
func (f *figures) nounBefore(i int) span {
	end := f.before(i) + 1
	for n := 1; n > 0; end -= n {
		n = 0
		for _, w := range countLead {
			if figureWordBefore(f.text, end, w) {
				n = max(n, utf8.RuneCountInString(w))
			}
		}
	}
	start := end
	for start > 0 && isHan(f.text[start-1]) && end-start <= maxSubject+4 {
		start--
	}
	if end-start > maxSubject+4 || end == start {
		return span{}
	}
	if states[string(f.text[start:end])] {
		return span{start, end}
	}
	if figureDigit(f.at(start - 1)) {
		return span{} // behind another number: 3小时降雨218毫米
	}
	clause := start
	for j := end - 2; j > start; j-- {
		if f.text[j] == '等' { // 照片、手稿等展品130件
			start, clause = j+1, j
			break
		}
	}
	if f.at(clause-1) == '、' && start == clause {
		return span{} // the last of several
	}
	for j := start; j < end; j++ {
		if n := figureWordIn(f.text, j, countVerbs); n > 0 && j+n < end {
			start = j + n
			j = start - 1
		}
	}
	for strings.ContainsRune("了各出等的", f.at(start)) && start < end {
		start++
	}
	n := end - start
	if n < minSubject || n > maxSubject || start == clause && (n < minBare || n > maxBare) || figureWordIn(f.text, start, countVerbs) == n || strings.ContainsRune("年个岁月日名家后时内号", f.at(start)) {
		return span{}
	}
	noun := string(f.text[start:end])
	if strings.ContainsAny(noun, noSubject) || start == clause && strings.ContainsAny(noun, "的") {
		return span{}
	}
	for j := start; j < end; j++ {
		if _, n := lexicon.MatchVerb(f.text[j:end]); n >= 2 {
			return span{}
		}
	}
	return span{start, end}
}

// figureWordIn returns the code points of the longest word of the set that stands at i of text, 0 for none.
func figureWordIn(text []rune, i int, set wordSet) int {
	if i >= len(text) {
		return 0
	}
	_, n := set.Longest(text[i:])
	return n
}
