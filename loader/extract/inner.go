package extract

import (
	"strings"

	"fangzhi/graph"
	"fangzhi/lexicon"
	"fangzhi/loader/reading"
)

// readSubordinate reads what has a name of its own below an organ and acts itself: 县公安局城关派出所, 县公安局交警大队,
// 县人民政府驻郑州办事处.
func (d *document) readSubordinate(f *field, m *organMention) bool {
	switch {
	case strings.HasSuffix(m.organ.Name, "公安局") || strings.HasSuffix(m.organ.Name, "分局"):
		if m.organ.Type != graph.DeptGovernment {
			return false
		}
		for _, form := range lexicon.MatchOrgan(f.text[m.end:min(len(f.text), m.end+12)]) {
			if tail, ok := strings.CutPrefix(form.Full, "{POLICE}"); ok && tail != "" {
				d.below(m, len([]rune(form.Short)), tail)
				return true
			}
		}
		if s, end := d.suffixAfter(f, m.end, true); end > 0 && s.word == "派出所" {
			d.below(m, end-m.end, f.between(m.end, end))
			return true
		}
	case strings.HasSuffix(m.organ.Name, "政府") && f.at(m.end) == '驻':
		for n := 2; n <= 8 && isHan(f.at(m.end+n)); n++ {
			for _, w := range []string{"办事处", "联络处"} {
				if f.has(m.end+n, w) {
					d.below(m, n+3, f.between(m.end, m.end+n+3))
					return true
				}
			}
		}
	}
	return false
}

// below makes the mention one of an organ below its own: n more code points name it, tail is its name.
func (d *document) below(m *organMention, n int, tail string) {
	m.organ = d.organ(reading.Organ{Name: m.organ.Name + tail, Type: m.organ.Type, Region: m.organ.Region, Parent: m.organ})
	m.end += n
	m.form = ""
}

// banks are short names of banks that stand before the name of a branch: 农行青岚县支行.
var banks = []struct{ short, full string }{
	{"人行", "中国人民银行"}, {"工行", "中国工商银行"}, {"农行", "中国农业银行"}, {"建行", "中国建设银行"}, {"中行", "中国银行"}, {"农发行", "中国农业发展银行"}, {"邮储银行", "中国邮政储蓄银行"},
	{"人民银行", "中国人民银行"}, {"工商银行", "中国工商银行"}, {"农业银行", "中国农业银行"}, {"建设银行", "中国建设银行"}, {"邮政储蓄银行", "中国邮政储蓄银行"},
}

// bankAt reads the branch of a bank that its short name and a jurisdiction name.
func (d *document) bankAt(f *field, i int) (organMention, bool) {
	if c := f.at(i); c != '人' && c != '工' && c != '农' && c != '建' && c != '中' && c != '邮' {
		return organMention{}, false
	}
	for _, b := range banks {
		if !f.has(i, b.short) {
			continue
		}
		e := i + len([]rune(b.short))
		p := d.prefixAt(f, e)
		if p.length == 0 || !p.at.Known() {
			continue
		}
		for _, w := range []string{"支行", "分行"} {
			if !f.has(e+p.length, w) {
				continue
			}
			name := f.between(e, e+p.length)
			if p.level {
				name = p.at.Self().Name
			}
			m := organMention{span: span{i, e + p.length + 2}, at: p.at, general: true, explicit: true}
			m.organ = d.organ(reading.Organ{Name: b.full + name + w, Type: graph.DeptEnterprise})
			return m, true
		}
	}
	return organMention{}, false
}

// readNamedBranch reads a branch whose district no table knows by its short name: 市公安局青岚分局.
func (d *document) readNamedBranch(f *field, m *organMention) {
	for n := 1; n <= 5 && isHan(f.at(m.end+n-1)) && !f.never(m.end+n-1) && f.word[m.end+n-1] == 0; n++ {
		w := "分局"
		if strings.HasSuffix(m.organ.Name, "统计局") && f.has(m.end+n, "调查队") {
			w = "调查队"
		}
		if n >= 2 && f.has(m.end+n, w) {
			d.below(m, n+len([]rune(w)), f.between(m.end, m.end+n)+w)
			return
		}
	}
}

// readOffice reads an office of the party, the government, the congress or the CPPCC that no table knows and that is
// written in one word with them: 县委督查办, 县人大内务司法委员会. The word ends the phrase, or a verb follows.
func (d *document) readOffice(f *field, m *organMention) {
	endings := ""
	switch m.form {
	case "委", "政府", "人民政府":
		endings = "办局室部"
	case "人大", "人大常委会", "政协":
		endings = "委办室"
	default:
		return
	}
	if s, end := d.suffixAfter(f, m.end, false); end > 0 && s.kind == graph.DeptTemporary && strings.Contains(s.word, "领导小组") && !genericOffice(f.between(m.end, end)) && m.form == "委" {
		d.below(m, end-m.end, f.between(m.end, end)) // 县委党史学习教育领导小组办公室
		return
	}
	for n := 1; n <= 8; n++ {
		k := m.end + n - 1
		if !isHan(f.at(k)) || f.never(k) || f.word[k] > 0 && !inOrgan(f, k) || levelChars.Has(f.at(k)) {
			return
		}
		if n < 3 || !strings.ContainsRune(endings, f.at(k)) || cutsWord(f, m.end, k+1) {
			continue
		}
		end := k + 1
		if f.has(end, "员会") || f.has(end, "公室") {
			end += 2
		}
		if isHan(f.at(end)) && f.word[end] == 0 && !strings.ContainsRune("和与及等", f.at(end)) {
			continue
		}
		tail := f.between(m.end, end)
		if genericOffice(tail) {
			return
		}
		m.organ = d.organ(reading.Organ{Name: m.organ.Name + tail, Type: m.organ.Type, Region: m.organ.Region, Parent: m.organ})
		m.end, m.form = end, ""
		return
	}
}

// genericOffice reports whether what stands behind 县委 or 县政府 is no office of it: 县政府有关部, 县委常委.
func genericOffice(tail string) bool {
	for _, w := range []string{"有关", "相关", "各", "主要", "书记", "常委", "委员", "会议", "领导", "班子", "全会", "工作室", "会客室", "接待室", "会议室", "机关", "主席", "常务", "代表"} {
		if strings.HasPrefix(tail, w) || strings.HasSuffix(tail, w) {
			return true
		}
	}
	return false
}
