package extract

import (
	"strings"

	"fangzhi/graph"
	"fangzhi/loader/reading"
)

// learnCompanies collects the full names of companies, so that 云岭轴承公司 is found to be 河南云岭轴承有限公司.
func (d *document) learnCompanies(f *field) {
	for i := range f.text {
		if f.ahead(nearCompany, i) > 2*maxOrganName {
			continue // no name that begins here ends with 公司
		}
		if !f.boundary(i) || f.quoted[i] || !isHan(f.at(i)) || f.word[i] > 0 {
			continue
		}
		if s, end := d.suffixAfter(f, i, true); end > 0 && s.kind == graph.DeptEnterprise && strings.HasSuffix(s.word, "公司") {
			name := f.slice(span{i, end})
			if len([]rune(strings.TrimSuffix(name, s.word))) >= 2 && !d.isCompany[name] {
				d.isCompany[name] = true
				d.companies = append(d.companies, name)
			}
		}
	}
}

// minEnding is how long a name must be, in code points, to be taken for the end of a longer one of the same company.
const minEnding = 8

func (d *document) addCompany(name string) {
	d.isCompany[name] = true
	k := int32(len(d.companies))
	d.companies = append(d.companies, name)
	r := []rune(name)
	for i := 0; i+1 < len(r); i++ {
		pair := string(r[i : i+2])
		if list := d.byPair[pair]; len(list) < maxCompanies && (len(list) == 0 || list[len(list)-1] != k) {
			d.byPair[pair] = append(list, k)
		}
	}
	for i := 1; len(r)-i >= minEnding; i++ {
		if end := string(r[i:]); len(d.byEnding[end]) < len(name) {
			d.byEnding[end] = name
		}
	}
}

// maxCompanies bounds how many companies one short form is compared with.
const maxCompanies = 500

// fullest returns the longest company of the document that ends with the name, else the name.
func (d *document) fullest(name string) string {
	if full, ok := d.byEnding[name]; ok {
		return full
	}
	return name
}

// companyNamed returns the only company of the document that a short form (云岭轴承公司) can mean.
func (d *document) companyNamed(short string) *reading.Organ {
	core := strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(short, "公司"), "集团"), "银行")
	if len([]rune(core)) < 3 && !(len([]rune(core)) == 2 && strings.HasSuffix(short, "公司")) {
		return nil
	}
	var candidates []int32
	for r, i := []rune(core), 0; i+1 < len(r); i++ {
		if list := d.byPair[string(r[i:i+2])]; i == 0 || len(list) < len(candidates) {
			candidates = list
		}
	}
	found, short2 := "", ""
	for k, c := range d.companies {
		if k >= maxCompanies {
			break
		}
		if r := []rune(core); strings.HasPrefix(c, string(r[:2])) && isSubsequence(r, c) { // 云河城投: 云河城市建设投资有限公司
			if short2 != "" {
				short2 = ""
				break
			}
			short2 = c
		}
	}
	for _, k := range candidates {
		c := d.companies[k]
		if strings.Contains(c, core) {
			if found != "" {
				return nil
			}
			found = c
		}
	}
	if found == "" {
		found = short2
	}
	if found == "" {
		return nil
	}
	return d.organ(reading.Organ{Name: found, Type: graph.DeptEnterprise})
}

// isSubsequence reports whether the characters of s stand in t in their order.
func isSubsequence(s []rune, t string) bool {
	i := 0
	for _, r := range t {
		if i < len(s) && s[i] == r {
			i++
		}
	}
	return i == len(s)
}

// companyAt reads a short form of a company that the document names in full.
func (d *document) companyAt(f *field, i int) (organMention, bool) {
	if len(d.companies) == 0 || f.ahead(nearCompany, i) > 10 {
		return organMention{}, false
	}
	for n := 2; n <= 10; n++ {
		c := f.at(i + n - 1)
		if !isHan(c) || f.never(i+n-1) {
			return organMention{}, false
		}
		if f.has(i+n, "公司") {
			if o := d.companyNamed(f.slice(span{i, i + n + 2})); o != nil {
				if f.has(i, o.Name) { // 中国人民保险公司青岚县支公司
					return organMention{span: span{i, i + len([]rune(o.Name))}, organ: o, general: true}, true
				}
				return organMention{span: span{i, i + n + 2}, organ: o, general: true}, true
			}
			return organMention{}, false
		}
	}
	return organMention{}, false
}

// trades are words of trades and kinds that name no one company: 建筑公司, 上市公司.
var trades = strings.Fields("建筑 施工 房地产 房地产开发 物业 物业管理 旅游 贸易 商贸 外贸 种子 食品 百货 运输 客运 货运 公交 保险 石油 药材 蔬菜 五金 劳务 担保 贷款 小额 小额贷款 投资 上市 骨干 龙头 知名 重点 大型 国有 民营 中外合资 合资 跨国 外资 外商 参建 承建 建设 监理 设计 勘察 软件 科技 高科技 互联网 电商 快递 物流 企业 母 子 总 分 本 该 各 两 控股 股份 皮包 专业 专业化 农业 工业 商业 供水 供电 供热 燃气 环保 清洁 保洁 家政 保安 广告 文化 传媒 影视 化工 纺织 服装 电子 机械 煤炭 电力 通信 电信 医药 粮油 饲料 农资 水产 畜牧 林业 园林 绿化 装饰 装修 建材 钢铁 汽车 融资 租赁 证券 基金 信托 人力资源 咨询 评估 拍卖 大 小 一 二 三 家 多 新 老")

// plainCompany reads a company that is written without 有限 and stands as a partner: 与|中微半导体公司|洽谈.
func (d *document) plainCompany(f *field, i int) (organMention, bool) {
	c := f.at(i - 1)
	if c != '与' && c != '由' && c != '、' && c != '和' && c != '，' || f.ahead(nearCompany, i) > 9 {
		return organMention{}, false
	}
	for n := 1; n <= 9; n++ {
		k := i + n
		if !isHan(f.at(k-1)) || f.never(k-1) || f.word[k-1] > 0 && f.breaks[k-1] {
			return organMention{}, false
		}
		if !f.has(k, "公司") && !f.has(k, "集团") {
			continue
		}
		end := k + 2
		if n < 2 || n < 3 && !f.has(k, "集团") || c == '，' && f.at(end) != '、' || isHan(f.at(end)) && f.word[end] == 0 && !strings.ContainsRune("与和及等", f.at(end)) || allTrades(f.text[i:k]) {
			return organMention{}, false
		}
		m := organMention{span: span{i, end}, general: true}
		m.organ = d.organ(reading.Organ{Name: d.fullest(f.slice(m.span)), Type: graph.DeptEnterprise})
		return m, true
	}
	return organMention{}, false
}

// allTrades reports whether s is a row of trades.
func allTrades(s []rune) bool {
	for len(s) > 0 {
		longest := 0
		for _, w := range trades {
			if r := []rune(w); len(r) > longest && len(r) <= len(s) && string(s[:len(r)]) == w {
				longest = len(r)
			}
		}
		if longest == 0 {
			return false
		}
		s = s[longest:]
	}
	return true
}
