package extract

import (
	"strings"

	"fangzhi/graph"
	"fangzhi/internal/trie"
	"fangzhi/lexicon"
	"fangzhi/loader/reading"
)

// leaderWords are what leaders are called by whose posts the text does not tell.
var leaderWords = []string{"四大班子主要领导", "四大班子领导", "四套班子领导", "班子领导", "党政主要领导", "党政领导", "政府领导", "人大领导", "政协领导", "委领导", "主要领导", "有关领导", "老领导", "级领导干部", "级领导", "领导同志", "领导"}

// leadersAt reads 县领导, 青石县领导, 县政府领导, 县四大班子领导 where names follow: all of them are called so, and no one's post is told.
func (d *document) leadersAt(f *field, i int) (postMention, bool) {
	var p postMention
	if f.ahead(nearLeaders, i) >= maxChain*maxStreetName || f.inWord[i] || !f.soon(i, maxChain*maxStreetName, '领') {
		return p, false
	}
	pre := d.prefixAt(f, i)
	n := pre.length
	if n == 0 && !(f.boundary(i) && (f.at(i) == '党' || f.at(i) == '四')) || pre.bare && !f.has(i+n, "党政领导") {
		return p, false
	}
	for _, w := range leaderWords {
		if !f.has(i+n, w) {
			continue
		}
		end := i + n + len([]rune(w))
		for _, more := range []string{"干部", "小组", "机关", "人员", "及", "和", "班子", "成员", "带"} {
			if f.has(end, more) && more != "干部" {
				return p, false
			}
		}
		if f.has(end, "干部") || f.at(end) == '：' || f.at(end) == ':' {
			return p, false
		}
		if f.has(end, "同志") {
			end += 2
		}
		title, _ := lexicon.TitleNamed("县领导")
		p.span, p.title, p.name = span{i, end}, title, f.slice(span{i, end})
		return p, true
	}
	return p, false
}

// townPost reads the head of a township or a deputy with its name before the post: 诺邓镇镇长, 白塘乡副乡长.
func (d *document) townPost(f *field, i int) (postMention, bool) {
	var p postMention
	if !f.boundary(i) && !d.afterPrefix(f, i) || !f.soon(i, maxChain*maxStreetName, '长') && !f.soon(i, maxChain*maxStreetName, '达') {
		return p, false
	}
	start, e := i, i
	if pre := d.prefixAt(f, i); pre.length > 0 && !pre.level && !pre.bare {
		e += pre.length
	}
	n := d.townshipAt(f, e)
	if n == 0 {
		return p, false
	}
	name := f.slice(span{e, e + n})
	for _, level := range []string{"镇", "乡", "苏木"} {
		if !strings.HasSuffix(name, level) {
			continue
		}
		t, ok := titleAt(f, e+n)
		if !ok || t.Level != level && t.Name != "苏木达" {
			if f.at(e+n) != '长' || level == "苏木" { // 白塘镇长
				continue
			}
			head, size := lexicon.MatchTitle(f.text[e+n-1 : min(len(f.text), e+n+7)])
			if size != 2 {
				continue
			}
			t = titleMatch{Title: head, start: e + n - 1, end: e + n + 1}
		}
		d.nameStreet(f, e, name)
		p.take(f, start, t, "")
		p.level, p.levelOnly = d.township(name), true
		return p, true
	}
	return p, false
}

// notInVillage are characters that stand in no name of a village.
var notInVillage = trie.NewRunes("各全该本驻任为")

// villagePost reads a post of a village or a community with its name before it: 南塘社区书记, 柳河村支书, 东风公社书记. The name
// is part of the post.
func (d *document) villagePost(f *field, i int) (postMention, bool) {
	var p postMention
	for n := 1; n <= maxStreetName; n++ {
		if c := f.at(i + n - 1); !isHan(c) || f.never(i+n-1) || f.word[i+n-1] > 0 || notInVillage.Has(c) {
			return p, false
		}
		if c := f.at(i + n); c != '社' && c != '村' && c != '公' && c != '大' {
			continue
		}
		t, ok := titleAt(f, i+n)
		if !ok || t.start != i+n {
			continue
		}
		if !strings.HasPrefix(t.Name, "社区") && !strings.HasPrefix(t.Name, "村") && !strings.HasPrefix(t.Name, "公社") && !strings.HasPrefix(t.Name, "大队") {
			return p, false
		}
		p.take(f, i, t, f.slice(span{i, i + n}))
		return p, true
	}
	return p, false
}

// companyEndings end the names of firms that no legal form ends.
var companyEndings = []string{"公司", "集团", "银行", "农商行", "合作社", "酒店", "宾馆", "商行", "农场", "林场", "茶场", "煤矿", "铁矿", "矿业", "工厂", "商会", "协会", "超市", "酒厂", "糖厂", "纸厂", "茶厂", "机械厂", "水泥厂", "化肥厂", "纺织厂", "粮站"}

// notCompany are characters that begin no name of a firm, companyLast those that companyEndings end with.
var (
	notCompany  = trie.NewRunes("该本有是各某")
	companyLast = trie.NewRunes("司团行社店馆场矿业厂会市站")
)

// companyPost reads the head of a firm with its name before the post: 宏远集团总经理, 西门子公司首席代表.
func (d *document) companyPost(f *field, i int) (postMention, bool) {
	var p postMention
	if f.word[i] > 0 || notCompany.Has(f.at(i)) {
		return p, false
	}
	for e := i + 1; e <= i+maxOrganName; e++ {
		if c := f.at(e - 1); !isHan(c) || f.never(e-1) || f.breaks[e-1] && !inOrgan(f, e-1) {
			return p, false
		}
		if e < i+3 || !companyLast.Has(f.at(e-1)) || f.suffixIn(e, companyEndings) == 0 {
			continue
		}
		t, ok := titleAt(f, e)
		if !ok || t.start != e || !ofCompany(t.Name) {
			continue
		}
		o := d.organ(reading.Organ{Name: f.slice(span{i, e}), Type: graph.DeptEnterprise})
		m := organMention{span: span{i, e}, organ: o, general: true}
		p.organ = &m
		p.take(f, i, t, "")
		return p, true
	}
	return p, false
}

// ofCompany reports whether a title is one that firms give.
func ofCompany(title string) bool {
	switch title {
	case "董事长", "总经理", "经理", "总裁", "监事长", "总监", "行长", "首席代表", "首席执行官", "厂长", "场长", "矿长", "理事长", "会长", "总经理助理", "董事局主席", "负责人", "法人代表", "创始人", "总工程师", "党委书记", "书记":
		return true
	}
	return false
}

// maxPartyArea bounds the name of an area of the party's that no table knows, in code points: 中共|湘西|工委书记.
const maxPartyArea = 6

// partyPost reads the head of a committee of the underground years with what it is named by: 中共湘西工委书记. The name is part
// of the post, and the organ is left unknown.
func partyPost(f *field, i int) (postMention, bool) {
	var p postMention
	if !f.has(i, "中共") {
		return p, false
	}
	for e := i + 2; e <= i+2+maxPartyArea; e++ {
		t, ok := titleAt(f, e)
		if ok && t.start == e && strings.HasSuffix(t.Name, "书记") && len([]rune(t.Name)) > 2 {
			p.take(f, i, t, f.between(i, e))
			p.stranger = true
			return p, true
		}
		if !isHan(f.at(e)) || f.breaks[e] {
			return p, false
		}
	}
	return p, false
}
